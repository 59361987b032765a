"""Whose fault refusals name in other languages than English, where the words leave no doubt.

A refusal is of a kind where it has a word of each of its sets. Latin letters stand without accents, as
the judge folds them. NOTE: a limit must speak of a day or of sending: "quota exceeded" alone is a full
mailbox.
"""

from __future__ import annotations

import re
from typing import Final

from digest.model import Blame

_NO: Final = (
    r"\b(?:refus|interdit|non autoris|pas (?:autoris|permis)|verweiger|untersagt|verboten|abgelehnt"
    r"|unzulassig|nicht (?:\w+ )?(?:erlaubt|gestattet|zulassig|zugelassen|moglich|akzeptiert)"
    r"|rejete|denegad|prohibid|rechazad|no (?:\w+ )?(?:permit|autoriz)"
    r"|negad|proibid|recusad|rejeitad|nao (?:\w+ )?(?:permit|autoriz)"
    r"|non (?:\w+ )?(?:consentit|permess|autorizzat)|negat|vietat|rifiutat|respint"
    r"|geweigerd|verboden|niet toegestaan|zabronion|niedozwolon|odrzucon|odmow|zakazan"
    r"|imekataliwa|hairuhusiwi|nekad|avvisad|afvist|avvist"
    r"|запрещ|не (?:разреш|допуск)|отклон|отказ|заборонен)"
)
_BARRED: Final = (
    r"(?:gesperrt|blockiert|schwarze[nr]? liste|sperrliste|\bbloque|listes? noires?|\bbloquead|lista negra"
    r"|\bbloccat|lista nera|geblokkeerd|zwarte lijst|zablokowan|czarn\w+ list|imezuiwa"
    r"|заблокирован|ч[её]рн\w+ спис|чорн\w+ спис|заблокован"
    r"|黑名单|黑名單|封锁|封鎖|被封|ブラックリスト|차단)"
)
_REACHED: Final = (
    r"(?:\berreicht|uberschritten|ueberschritten|ausgeschopft|uberschreitet|\bdepasse|\batteint"
    r"|superad|\bsupera\b|alcanzad|\bexced|\batingid|ultrapassad|\bsuperat|raggiunt|bereikt|overschreden"
    r"|przekrocz|osiagn|wyczerpan|imefikiwa|imezidi|превыш|исчерпан|достигнут|перевищ)"
)
_SENDING: Final = (
    r"\b(?:tages|taglich|pro (?:tag|stunde)|stunden|versand|sende|journali|quotidien|par (?:jour|heure)"
    r"|horaire|d.envoi|diari|por (?:dia|hora)|de envio|giornalier|di invio|al giorno|dag|per (?:dag|uur)"
    r"|verzend|dzienn|wysyl|godzinow|ya siku|дневн|ежедневн|суточн|в (?:день|сутки|час)\b|отправк|добов)"
)
_LIMIT: Final = (
    r"(?:limi(?:t|et)|kontingent|quota|quote\b|\bcuota|\bcota\b|\bkikomo|лимит|квот|огранич|ліміт)"
)
_MAIL: Final = (
    r"(?:nachricht|\bmessage|\bmail|courriel|mensaje|correo|mensagem|messaggio|bericht|wiadomosc|письм|сообщени"
    r"|повідомлен|邮件|郵件|メッセージ|メール|메시지|메일)"
)
_LARGE: Final = (
    r"(?:\bzu gross|\btrop (?:volumineu|grand|gros|lourd)|demasiado grande|muito grande|troppo grande"
    r"|\bte groot|\bza duz|слишком больш|завелик|过大|太大|過大|大きすぎ|너무 [크큽])"
)
_RELAY: Final = (
    r"(?:\brelais\b|\brelay|weiterleit|\breenvi|retransmis|encaminhament|\binoltr|doorstur|przekazywan"
    r"|przesylan|релей|релеинг|пересылк|ретрансляц|中继|中繼|中継|转发|轉發|릴레이|リレー)"
)
_LOGIN: Final = (
    r"(?:authentifi|authentisier|\banmeld|zugangsdaten|kennwort|passwort|mot de passe|identifiants"
    r"|autentic|autenticazion|contrasena|\bsenha|aanmeld|wachtwoord|uwierzytelni|\bhaslo"
    r"|авторизац|аутентификац|автентифікац|парол|身份验证|身份驗證|认证|認證|密码|密碼|認証|인증)"
)
_LACKING: Final = (
    r"(?:erforderlich|fehlgeschlagen|notig|benotigt|falsch|ungultig|\bbitte\b|requis|echou|refus|incorrect"
    r"|requerid|necesari|fallid|incorret|necessari|falh|invalid|richiest|fallit|errat|vereist|mislukt"
    r"|onjuist|wymagan|nieudan|niepraw|требует|необходим|неверн|не удал|ошибк|失败|失敗|错误|錯誤"
    r"|需要|必要|실패|필요)"
)
_NO_EAST: Final = r"拒绝|拒絕|禁止|不允许|不允許|拒否|許可され(?:て)?(?:い)?ま?せん|거부|허용되지"
_LIMIT_EAST: Final = (
    r"(?:每日|每天|每小时|每小時|今日|今天|当日|當日|1日|一日|하루|일일).{0,16}(?:限|上限|配额|配額|제한|한도|超)"
    r"|超.{0,6}(?:每日|每天|每小时).{0,12}(?:限|配额)"
)
_SENDER: Final = (
    r"(?:\babsender|\bexpediteur|\bemetteur|remitente|remetente|mittente|afzender|nadawc|отправител"
    r"|відправник|发件人|發件人|发信人|送信者|발신자)"
)
_CONTENT: Final = r"(?:\bcontenu\b|\binhalt\b|contenido|conteudo|contenuto|\binhoud\b|\btresc\b|содержан)"
_REFUSED: Final = rf"(?:{_NO}|{_NO_EAST})"

_SETS: Final = (
    (Blame.RELAY, (_RELAY, _REFUSED)),
    (Blame.LISTED, (r"(?<![a-z])ips?(?![a-z])", _BARRED)),
    (Blame.LOGIN, (_LOGIN, _LACKING)),
    (Blame.SIZE, (_MAIL, _LARGE)),
    (Blame.LIMIT, (_LIMIT, _SENDING, _REACHED)),
    (Blame.LIMIT, (_LIMIT_EAST,)),
    (Blame.SENDER, (_SENDER, rf"(?:{_REFUSED}|{_BARRED})")),
    (Blame.MESSAGE, (_CONTENT, _REFUSED)),
)
IN_ORDER: Final = tuple((blame, tuple(map(re.compile, patterns))) for blame, patterns in _SETS)


def foreign_blame(folded: str) -> Blame | None:
    """Return whose fault a folded refusal names; None where it names none we know."""
    return next(
        (blame for blame, patterns in IN_ORDER if all(one.search(folded) for one in patterns)), None
    )
