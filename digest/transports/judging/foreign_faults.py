"""Words of refusals that speak of who sends, in other languages than English, as data.

Whoever is named there, the reader's mailbox is not what is missing. Latin letters stand without accents, as
the judge folds them; other scripts stand as they are written.
"""

from __future__ import annotations

from typing import Final

SENDER: Final = (
    r"\bemetteur|\bexpediteur|\babsender|\bremitente|\bremetente|\bmittente|\bafzend|\bnadawc"
    r"|\bodesilatel"
    r"|\bodosielatel|\bavsandar|\bafsender|\bavsender|\blahettaj|\bfelado|\bkuldo\w*\b|\bexpeditor"
    r"|\bgonderen|\bgonderici|\bposiljatelj|\bposiljaoc|\bposiljalac|\bsiuntej|\bsutitaj|\bsaatja"
    r"|\bpengirim|\bpenghantar|\bnguoi gui\b|\bmtumaji\b|\bremitent\w*|\bigorl\w*\b|\bsendand",
    r"отправител|відправник|подател|изпращач|пошиљал|жіберуші|αποστολ[εέ]α|[αά]ποστολ"
    r"|(?:ال)?مرسل(?! ?[إا]لي)|فرستنده|بھیجنے وال|השולח|שולח\b|प्रेषक|প্রেরক|ผู้ส่ง|ላኪ|გამომგზავნ|ուղարկող",
    r"送信者|送信元|発信者|発信元|差出人|发件|發件|寄件|发信|發信|发送方|發送方|发送者|발신"
    r"|보낸 ?(?:사람|이)|송신",
)
"""The sender, or the sender's address; in Arabic "whom it was sent to" has the same stem."""

LISTED: Final = (
    r"\bschwarze[nr]? liste|sperrliste|negativliste|\blistes? noires?\b|\blistas? negras?\b"
    r"|\blist[ae] ner[ae]\b"
    r"|\blista neagra\b|\bllist\w+ negr|\bczarn\w+ lis|\bzwarte lijst|\bsvarte?list|\bsvarta? list"
    r"|\bsortlist"
    r"|\bsorte? liste|\bmusta\w* list|\bestolist|\bfeketelist|\btiltolist|\bkara ?liste"
    r"|\bcern\w+ listin"
    r"|\bcrn\w+ (?:list|seznam)|\bmeln\w+ sarakst|\bjuod\w+ saras|\bmust\w* nimekir|\bdanh sach den\b"
    r"|\bdaftar hitam\b|\bsenarai hitam\b|\borodha nyeusi\b|\bblocklist|\bblacklist",
    r"ч[её]рн\w+ спис|чорн\w+ спис|черен списък|црн\w+ лист|μα[υύ]ρη λ[ιί]στα|القائمة السوداء"
    r"|قائمة الحظر|لیست سیاه"
    r"|רשימ[הת] (?:ה)?(?:שחורה|חסימ\w*)|הרשימה השחורה|काली सूची|ब्लैकलिस्ट|บัญชีดำ|แบล็กลิสต์"
    r"|黑名单|黑名單|ブラックリスト|블랙리스트",
    r"\bblocker(?:ad|at|et|t)\w*|\bspaerret|\bsparrad|\bblokeret|\bblokkert|\bestetty|\bletilt\w*"
    r"|\bblokkol"
    r"|\bblocat|\bengellen|\bblokiran|\bdiblokir|\bdisekat|\bbi chan\b|\bimezuiwa\b|\bbloquej",
    r"αποκλε[ιί]σ|محظور|محجوب|חסומ|חסום|נחסמ|مسدود|屏蔽|封禁|封锁|封鎖|拦截|攔截|ブロック|遮断|차단"
    r"|บล็อก|ปิดกั้น|अवरुद्ध|ब्लॉक"
    r"|заблокован|блокиран",
)
"""A list of bad senders, and being barred."""

UNWANTED: Final = (
    r"\binhalt\w{0,3}\b|\bcontenu\b|\bcontenido|\bconteudo|\bcontenut|\btresc\w*|\bobsah\w*|\binhoud\b"
    r"|\binnehall"
    r"|\bindhold|\binnhold|\bsisalto|\bsisallon|\btartalm|\bcontinut|\bicerig|\bicerik|\bsadrzaj"
    r"|\bnoi dung\b"
    r"|\bkonten\b|\bkandungan\b|\bturin(?:ys|io)\b|\bcontingut|\bmaudhui\b",
    r"содерж[аи]|контент|вміст|съдържан|садржај|περιεχ[οό]μεν|محتو[ىای]|תוכן|内容|內容|내용|เนื้อหา"
    r"|सामग्री",
    r"\bunerwunscht|\bnao solicitad|\blixo eletronico|\bindesiderat|\bnon richiest|\bniechcian"
    r"|\bnevyzadan"
    r"|\bongewenst|\bskrappost|\buonsket|\boonskad|\bsoppelpost|\broskaposti|\bkeretlen|\bnesolicitat"
    r"|\bistenmeyen"
    r"|\bonemsiz|\bthu rac\b|\bsampah\b|\bno dese[aj]d|\bnezeljen|\bnevyziadan",
    r"\breputa(?:c|t|z|s)\w*|\bitibar\w*|\buy tin\b|\bomdomme|репутац|(?:ال)?سمعة|מוניטין|信誉|信譽"
    r"|評価|평판|φ[ηή]μη",
    r"\bwerbung|\bmassenmail|\bpublicit\w+|\bpublicidad|\bpubblicit|\breclame\b|\breklam\w*"
    r"|\bmarketing\b|\biklan\b"
    r"|\bquang cao\b|рассыл[ок]|розсил[ок]|реклам|διαφημ|إعلان|פרסומ|广告|廣告|広告|광고|群发|メルマガ",
    r"л[иі]м[иі]т\w* (?:сообщени|пис[еь]м|повідомл|отправ)",
    r"нежелат|небажан|нежелан|ανεπιθ[υύ]μητ|غير مرغوب|מזבל|ספאם|זבל|هرزنامه|迷惑|スパム|สแปม|ขยะ|स्पैम"
    r"|अवांछित",
)
"""What the mail says, and mail that nobody asked for."""

TOO_MUCH: Final = (
    r"\b(?:zu ?viele|trop de|trop d'|demasiad[oa]s|muit[oa]s|tropp[ie]|zbyt (?:wiele|duzo|czest\w+)"
    r"|prilis (?:mnoho"
    r"|vela|mnogo)|te veel|for (?:manga|mange)|liian (?:monta|paljon)|tul sok|prea mult\w+|cok fazla"
    r"|previse"
    r"|qua nhieu|terlalu banyak|nyingi sana|massa missatges|demasiado rapido|zu schnell|trop vite)\b",
    r"\b(?:(?:numero|nombre|numarul) ma(?:xim|ssim)\w*|maximale? (?:an)?zahl|limite de (?:envi|mensa"
    r"|corre)\w*"
    r"|limite di (?:invio|messaggi)|limit (?:wiadomosci|zprav|sprav)|haufigkeit|frequenc\w+"
    r"|frequence)\b",
    r"\bpor (?:hora|dia|minuto)\b|\bpar (?:heure|jour|minute)\b|\bpro (?:stunde|tag|minute)\b"
    r"|\ball'ora\b"
    r"|\bal giorno\b|\bna godzine\b|\bza hodinu\b|\bper (?:uur|dag)\b|\bper (?:timme|time|dag)\b"
    r"|\bsaatte\b"
    r"|\bmoi gio\b|\bper jam\b",
    r"слишком (?:много|част)|забагато|занадто багато|твърде много|превише|π[αά]ρα πολλ|υπερβολικ"
    r"|عدد كبير|كثير|יותר מדי"
    r"|बहुत अधिक|มากเกินไป|多すぎ|过多|過多|过高|過高|过于频繁|過於頻繁|频繁|頻繁|频率|頻率|너무 (?:많"
    r"|자주)|レート|(?:送信|受信).{0,4}(?:制限|上限)|(?:发送|發送|每小时|每小時|每天|每日"
    r"|每分钟).{0,6}(?:限|上限)|전송.{0,4}(?:제한|한도)|발송량|전송량"
    r"|в (?:час|сутки|день|минуту)(?!\w)|на годину|за годину",
)
"""Too many mails, or too fast."""

REFUSED: Final = (
    r"\bavvisa\w*|\bnekad\w*|\bafvist|\bavvist|\bhylatty|\belutasit\w*|\brespins|\breddedil\w*"
    r"|\bodmitnut|\bzamitnut"
    r"|\bodmietnut|\bzamietnut|\bodbijen|\bzavrnjen|\bnoraidit|\batmest|\btu choi\b|\bditolak"
    r"|\bimekataliwa\b"
    r"|\bno permitid|\bnao permitid|\bnon (?:consentit|permess|autorizzat)|\bnicht (?:erlaubt"
    r"|zugelassen"
    r"|gestattet)|\bnon autoris|\bniedozwolon|\bverboten\b|\binterdit|\bdenegad|\bnegat[oa]\b",
    r"απορρ[ιί]|رفض|مرفوض|נדח|ปฏิเสธ|अस्वीकार|не разреш|не допуск|відхилен|отхвърл|одбиј|禁止|不允许"
    r"|不允許|許可されて",
)
"""A refusal that gives no reason: heard where nothing else is said."""
