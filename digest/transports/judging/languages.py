"""What refusals say in other languages than English.

Latin letters stand without accents, as the judge folds them; other scripts stand as they are written.
"""

from __future__ import annotations

from typing import Final

from digest.transports.judging import foreign_faults

_GAP: Final = r"[^.;!?]{0,40}"

DEAD: Final = (
    # French
    r"\b(?:utilisateur|destinataires?|adresses?|boites?|compte|usager|abonne|correspondant)\b"
    + _GAP
    + r"\b(?:inconnue?s?|n.?exist\w+ (?:pas|plus)|inexistante?s?|invalides?|introuvables?|desactivee?s?"
    r"|supprimee?s?|fermee?s?|archivee?s?|resiliee?s?|n.?est (?:pas|plus) (?:valide|active?|connue?))",
    # German
    r"\b(?:benutzer|empfanger|empfaenger|adresse|adressat|postfach|konto|mailbox|nutzer|teilnehmer"
    r"|account"
    r"|kunde|e-?mail-?adresse)\w{0,3}\b"
    + _GAP
    + r"\b(?:unbekannt|nicht (?:\w+ )?(?:bekannt|gefunden|vorhanden|gultig|gueltig|existent"
    r"|mehr aktiv|mehr gultig)"
    r"|existiert (?:\w+ )?nicht|ungultig\w*|ungueltig\w*|deaktiviert|geloscht|geloescht|abgeschaltet"
    r"|inaktiv|erloschen|geschlossen)",
    r"\bunbekannte[rs]? (?:benutzer|empfanger|empfaenger|adressat|nutzer|teilnehmer)"
    r"|\bkein (?:solcher|solches|derartiger?) (?:benutzer|empfanger|empfaenger|postfach|konto|nutzer)",
    # Spanish
    r"\b(?:usuario|destinatario|buzon|casilla|cuenta|direccion|persona)\b"
    + _GAP
    + r"\b(?:desconocid[oa]|no (?:\w+ )?(?:existe|encontrad[oa]|valid[oa])|inexistente|invalid[oa]"
    r"|desactivad[oa]"
    r"|deshabilitad[oa]|inactiv[oa]|cancelad[oa]|eliminad[oa]|dad[oa] de baja|ha expirado)",
    r"\bno (?:existe|se (?:ha )?encuentr\w+|se ha encontrado) (?:dicha|dicho|ese|esa|este|esta|el"
    r"|la|tal|un|una|en el directorio)\b",
    # Portuguese
    r"\b(?:usuario|utilizador|destinatario|caixa|conta|endereco)\b"
    + _GAP
    + r"\b(?:desconhecid[oa]|nao (?:\w+ )?(?:existe|encontrad[oa]|valid[oa])|inexistente"
    r"|invalid[oa]|desativad[oa]"
    r"|inativ[oa]|cancelad[oa]|encerrad[oa]|excluid[oa])",
    r"\bnao existe (?:o |a |esse |este |tal )?(?:usuario|utilizador|destinatario|caixa|conta|endereco)",
    # Italian
    r"\b(?:utente|destinatario|indirizzo|casella|account|mailbox|utenza)\b"
    + _GAP
    + r"\b(?:sconosciut[oa]|non (?:\w+ )?(?:esiste|esistente|trovat[oa]|valid[oa]|attiv[oa])"
    r"|inesistente"
    r"|disat{1,4}ivat[oa]|disabilitat[oa]|cessat[oa]|chius[oa]|scadut[oa])",
    r"\b(?:nessun|nessuna) (?:utente|casella|destinatario|indirizzo)\b",
    # Dutch
    r"\b(?:gebruiker|ontvanger|postbus|adres|account|mailbox|geadresseerde)\b"
    + _GAP
    + r"\b(?:onbekend|bestaat niet|niet gevonden|ongeldig|opgeheven|bestaat niet meer)\b",
    # Polish
    r"\b(?:uzytkownik\w*|adresat\w*|skrzynk\w*|kont\w|odbiorc\w|adres\w*)\b"
    + _GAP
    + r"\b(?:nie istnieje|nieznan\w+|nie znaleziono|nieaktywn\w+|usuniet\w+|niepoprawn\w+)"
    r"|\bnie ma takiego\b"
    r"|\bnieznan\w+ (?:uzytkownik|odbiorca|adresat)",
    # Czech, Slovak
    r"\b(?:uzivatel|schranka|adresa|prijemce|prijemca|ucet)\w*\b"
    + _GAP
    + r"\b(?:neexistuje|neznam\w+|nenalezen\w*|nenajden\w*|zrusen\w*|neplatn\w+)\b"
    r"|\bneznam\w+ (?:uzivatel|prijemc)",
    # Swedish, Danish, Norwegian
    r"\b(?:anvandare\w*|mottagare\w*|bruger\w*|modtager\w*|bruker\w*|mottaker\w*|konto\w*|adresse?n?)\b"
    + _GAP
    + r"\b(?:okan[dt]|ukendt|ukjent|finns (?:inte|ej)|findes ikke|finnes ikke|eksisterer ikke"
    r"|existerar inte)\b"
    r"|\b(?:okand|ukendt|ukjent) (?:anvandare|mottagare|bruger|modtager|bruker|mottaker)",
    # Hungarian, Romanian, Turkish, Finnish
    r"\b(?:felhasznalo|cimzett|postafiok)\b" + _GAP + r"\b(?:ismeretlen|nem letezik|nem talalhato)\b"
    r"|\bismeretlen (?:felhasznalo|cimzett)\b|\bnincs ilyen\b",
    r"\b(?:utilizator\w*|destinatar\w*|casuta|adresa|contul)\b"
    + _GAP
    + r"\b(?:necunoscut\w*|nu exista|inexistent\w*|dezactivat\w*)\b",
    r"\b(?:kullanici|alici|posta kutusu|hesap|adres)\w*\b"
    + _GAP
    + r"\b(?:bulunamadi|bilinmiyor|mevcut degil|gecersiz|yok)\b|\bboyle bir kullanici\b",
    r"\b(?:kayttajaa?|vastaanottajaa?|osoitetta|postilaatikkoa?)\b"
    + _GAP
    + r"\b(?:tuntematon|ei ole|ei loydy|ei loytynyt)\b|\btuntematon (?:kayttaja|vastaanottaja)",
    # Russian, Ukrainian
    r"(?:пользовател|получател|адресат|абонент|почтов\w+ ящик|ящик|адрес|учетн\w+ запис|аккаунт)\w*"
    + _GAP
    + r"(?:не (?:существует|найден|зарегистрирован|действителен)\w*|неизвест\w+|отсутствует"
    r"|удал[её]н\w*"
    r"|отключ[её]н\w*|деактивирован\w*|недействител\w+|закрыт\w*)",
    r"(?:нет такого|несуществующ\w+|неизвестн\w+) (?:пользовател|получател|адрес|ящик|абонент)\w*",
    r"(?:користувач|одержувач|отримувач|скриньк|адрес)\w*"
    + _GAP
    + r"(?:не (?:існує|знайден\w*)|невідом\w+|відсутн\w+)",
    # Chinese
    r"(?:用户|用戶|收件人|收信人|邮箱|郵箱|信箱|地址|帐号|账号|帳號|账户|帐户|帳戶"
    r"|邮件地址)[^。,，;；]{0,12}"
    r"(?:不存在|未找到|找不到|无效|無效|已停用|已禁用|已注销|已註銷|被删除|已删除|已被停用)",
    r"(?:不存在|没有|沒有|无|無|找不到)(?:该|該|此|这个|這個|指定的|对应的)?(?:用户|用戶|收件人"
    r"|邮箱|郵箱|信箱|帐号|账号|帳號)",
    # Japanese, Korean
    r"(?:宛先|受信者|ユーザー?|アドレス|メールボックス|アカウント|利用者)[^。、]{0,16}"
    r"(?:不明|存在しま(?:せん|せんでした)|見つかりません|存在しない|無効|みつかりません|削除され"
    r"|停止され)",
    r"(?:사용자|수신자|받는 ?사람|계정|주소|메일함|메일 ?박스|편지함)[^.]{0,16}"
    r"(?:존재하지 않|찾을 수 없|없는|없습니다|올바르지 않)"
    r"|(?:존재하지 않는|없는) (?:사용자|수신자|계정|주소|메일 ?박스|메일)",
    # Arabic, Greek
    r"(?:المستخدم|المستلم|صندوق البريد|العنوان|الحساب)[^.]{0,20}(?:غير موجود|غير معروف|لا يوجد)",
    # The judge folds the sigma at a word's end as any other.
    r"(?:χρ[ηή]στη|παραλ[ηή]πτη|λογαριασμ[οό]|διε[υύ]θυνση|γραμματοκιβ[ωώ]τιο)σ?\b[^.]{0,20}"
    r"(?:δεν (?:υπ[αά]ρχει|βρ[εέ]θηκε)|[αά]γνωστο|[αά]κυρη|ανεν[εέ]ργ)",
    r"[αά]γνωστο[συ] (?:χρ[ηή]στη|παραλ[ηή]πτη)",
    # Swahili, Vietnamese, Indonesian
    r"\b(?:mtumiaji|mpokeaji|anwani|akaunti|sanduku)\b[^.]{0,20}\b(?:hayupo|haipo|haijulikani|hajulikani"
    r"|haikupatikana|hakupatikana|imefungwa|batili|halipo)\b"
    r"|\bhakuna (?:mtumiaji|mpokeaji|akaunti|anwani)\b",
    r"\b(?:pengguna|penerima|alamat|akun)\b[^.]{0,20}"
    r"\b(?:tidak (?:ada|ditemukan|dikenal|terdaftar)|tak dikenal)\b",
    r"\b(?:nguoi (?:dung|nhan)|dia chi|tai khoan|hop thu)\b[^.]{0,20}\b(?:khong ton tai|khong tim thay)\b",
)

FULL: Final = (
    r"\bboites?\b.{0,40}\b(?:pleine|saturee|remplie)\b|\bquota\b.{0,20}\b(?:depasse|atteint)\b"
    r"|\bdepasse (?:son|le|votre) quota\b",
    r"\bspeichervolumen\b|\bspeicherplatz\b|\bzu ?viele mails\b|\b(?:postfach"
    r"|mailbox)\b.{0,20}\b(?:voll|uberfullt|ueberfuellt)\b",
    r"\b(?:buzon|casilla|cuenta)\b.{0,30}\bllen[oa]\b|\bcuota\b.{0,30}\b(?:excedida|superada)\b",
    r"\bcaixa\b.{0,30}\b(?:cheia|lotada)\b|\bquota\b.{0,20}\bexcedida\b|\bcota\b.{0,20}\bexcedida\b",
    r"\bcasella\b.{0,30}\bpiena\b|\bquota\b.{0,20}\bsuperata\b",
    r"\b(?:postbus|mailbox)\b.{0,20}\bvol\b|\bskrzynk\w+\b.{0,30}\b(?:pelna|przepelnion\w+)\b"
    r"|\bschranka\b.{0,20}\bplna\b|\bbrevladan\b.{0,10}\bfull\b"
    r"|\b(?:posta kutusu|kota)\w*\b.{0,20}\b(?:dolu|asil\w+)\b|\bpostafiok\b.{0,20}\bmegtelt\b"
    r"|\bsanduku\b.{0,20}\b(?:limejaa|imejaa)\b|\bcasuta\b.{0,20}\bplina\b|\bpostilaatikko\b.{0,20}\btaynna\b",
    r"γραμματοκιβ[ωώ]τιο.{0,20}(?:γεμ[αά]το|πλ[ηή]ρεσ)",
    r"переполнен\w*|превышен\w* (?:квот|лимит|размер)\w*|квота\w*.{0,20}превышен\w*"
    r"|ящик.{0,20}(?:заполнен|полон)",
    r"переповнен\w*",
    r"(?:邮箱|郵箱|信箱)[^。,，]{0,8}(?:已满|已滿|满了|空间不足|空間不足|容量)|超过配额|超過配額"
    r"|容量已满|空间已满",
    r"メールボックス[^。]{0,12}(?:一杯|いっぱい|満杯|容量)|容量(?:超過|オーバー)|용량.{0,10}초과"
    r"|메일(?:함| ?박스).{0,10}가득",
)

POLICY: Final = (
    r"\b(?:bloquee?s?|bloqueada|bloqueado|bloccat[oa]|gesperrt|zablokowan\w+|geblokkeerd|blokov\w+)\b",
    r"\brejetee?s?\b|\brefusee?s?\b|\bservice refuse\b|\babgelehnt\b|\brechazad[oa]\b|\brejeitad[oa]\b"
    r"|\brespint[oa]\b|\bodrzucon\w+\b|\bgeweigerd\b",
    r"\bpourriel\b|\bindesirable\b|\bcorreo no deseado\b|\btrop de connexions\b|\badresse ip\b",
    r"спам\w*|заблокирован\w*|отклонен\w*|отклонён\w*|запрещен\w*|запрещён\w*",
    r"垃圾|拒绝|拒絕|拒收|拒否|스팸|거부",
    *foreign_faults.SENDER,
    *foreign_faults.LISTED,
    *foreign_faults.UNWANTED,
)

UNSURE: Final = (
    r"\bplus tard\b|\bspater\b|\bspaeter\b|\bmas tarde\b|\bpiu tardi\b|\bvorubergehend\b"
    r"|\btemporair\w+\b|\btijdelijk\b",
    r"позже|временно|稍后|稍後|暂时|暫時|一時的|後ほど|나중에|일시적",
)
