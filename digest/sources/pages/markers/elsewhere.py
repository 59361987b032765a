"""What opens comments, and lists of other articles, on pages in languages without a table of their own.

Only these two: they cut what stands below. Each is the whole of a line; `#` stands for a number, and "…" for
more words to the line's end.
"""

# ruff: noqa: E501  # one line for each language
from __future__ import annotations

import re
from collections.abc import Mapping

from digest.sources.pages.markers.kinds import Markers
from digest.sources.text.blocks import sameness_key

_COMMENTS: Mapping[str, str] = {
    "it": "# commenti|lascia un commento|scrivi un commento|aggiungi un commento|commenta|mostra i commenti|leggi i commenti|commenta l'articolo…|il tuo indirizzo email non sarà pubblicato…|accedi per commentare…",
    "nl": "# reacties|reageer|reageren|plaats een reactie|geef een reactie|laat een reactie achter|bekijk reacties|toon reacties|je e-mailadres wordt niet gepubliceerd…|log in om te reageren…",
    "sv": "kommentarer|# kommentarer|lämna en kommentar|skriv en kommentar|kommentera|visa kommentarer|läs kommentarer|din e-postadress kommer inte publiceras…",
    "da": "kommentarer|skriv en kommentar|skriv kommentar|læg en kommentar|vis kommentarer|efterlad en kommentar|din e-mailadresse vil ikke blive publiceret…",
    "nb": "kommentarer|skriv en kommentar|legg igjen en kommentar|kommenter|vis kommentarer|din e-postadresse vil ikke bli publisert…",
    "fi": "kommentit|# kommenttia|kommentoi|jätä kommentti|kirjoita kommentti|lisää kommentti|näytä kommentit|sähköpostiosoitettasi ei julkaista…",
    "pl": "komentarze|# komentarzy|komentarze #|dodaj komentarz|napisz komentarz|skomentuj|zobacz komentarze|pokaż komentarze|twój adres e-mail nie zostanie opublikowany…|zaloguj się, aby skomentować…",
    "cs": "komentáře|vstoupit do diskuse|přidat komentář|napsat komentář|zobrazit komentáře|vaše e-mailová adresa nebude zveřejněna…",
    "sk": "komentáre|pridať komentár|napísať komentár|zobraziť komentáre|vaša e-mailová adresa nebude zverejnená…",
    "hu": "hozzászólások|kommentek|# hozzászólás|szólj hozzá|hozzászólás küldése|vélemény, hozzászólás?|az e-mail címet nem tesszük közzé…",
    "ro": "comentarii|# comentarii|lasă un comentariu|adaugă un comentariu|scrie un comentariu|lasă un răspuns|adresa ta de email nu va fi publicată…",
    "hr": "komentari|# komentara|ostavite komentar|dodaj komentar|komentiraj|komentirajte|napiši komentar|vaša adresa e-pošte neće biti objavljena…",
    "sl": "komentarji|dodaj komentar|komentiraj|napišite komentar|vaš e-naslov ne bo objavljen…",
    "sr": "коментари|оставите коментар|пошаљите коментар|ostavite komentar|pošaljite komentar",
    "bg": "коментари|# коментара|остави коментар|напиши коментар|вашият имейл адрес няма да бъде публикуван…",
    "ru": "комментарии|# комментариев|комментарии #|оставить комментарий|добавить комментарий|написать комментарий|добавьте комментарий|показать комментарии|читать комментарии|ваш адрес email не будет опубликован…|войдите, чтобы оставить комментарий…",
    "uk": "коментарі|# коментарів|залишити коментар|додати коментар|написати коментар|показати коментарі|ваша e-mail адреса не оприлюднюватиметься…",
    "el": "σχόλια|# σχόλια|αφήστε ένα σχόλιο|γράψτε ένα σχόλιο|προσθήκη σχολίου|αφήστε μια απάντηση|σχολιάστε|η ηλ. διεύθυνση σας δεν δημοσιεύεται…",
    "tr": "yorumlar|# yorum|yorum yap|yorum yaz|yorum ekle|yorumları göster|bir yorum yazın|bir yanıt yazın|e-posta hesabınız yayımlanmayacak…",
    "id": "komentar|# komentar|tulis komentar|beri komentar|tinggalkan komentar|tinggalkan balasan|tambahkan komentar|lihat komentar|alamat email anda tidak akan dipublikasikan…",
    "ms": "komen|tinggalkan komen|tulis komen|alamat e-mel anda tidak akan disiarkan…",
    "vi": "bình luận|# bình luận|viết bình luận|gửi bình luận|để lại bình luận|ý kiến của bạn|để lại một bình luận|email của bạn sẽ không được hiển thị công khai…",
    "tl": "mga komento|mag-iwan ng komento|magkomento",
    "fa": "نظرات|# نظر|نظر بدهید|نظر شما|ارسال نظر|دیدگاهتان را بنویسید|دیدگاه‌ها|نشانی ایمیل شما منتشر نخواهد شد…",
    "ur": "تبصرے|تبصرہ کریں|اپنا تبصرہ بھیجیں|آپ کا ای میل ایڈریس شائع نہیں کیا جائے گا…",
    "he": "תגובות|# תגובות|הוסף תגובה|הוספת תגובה|כתוב תגובה|כתיבת תגובה|השאר תגובה|לתגובות|האימייל לא יוצג באתר…",
    "hi": "टिप्पणियाँ|टिप्पणियां|टिप्पणी करें|टिप्पणी लिखें|अपनी टिप्पणी दें|कमेंट करें|कमेंट्स|आपका ईमेल पता प्रकाशित नहीं किया जाएगा…",
    "bn": "মন্তব্য|মন্তব্য করুন|মন্তব্য লিখুন|আপনার মন্তব্য লিখুন",
    "ta": "கருத்துகள்|கருத்து தெரிவிக்க|உங்கள் கருத்து",
    "th": "ความคิดเห็น|แสดงความคิดเห็น|ร่วมแสดงความคิดเห็น|ความเห็น",
    "ja": "コメント|コメント一覧|コメントを書く|コメントする|コメントを投稿|コメントを見る|コメントを残す|みんなのコメント|メールアドレスが公開されることはありません…",
    "zh": "评论|評論|# 条评论|# 則留言|发表评论|發表評論|写评论|网友评论|最新评论|全部评论|热门评论|留言|發表留言|我要评论|我要留言|您的邮箱地址不会被公开…|發佈留言必須填寫的電子郵件地址不會公開…",
    "ko": "댓글|# 댓글|댓글 #|댓글 쓰기|댓글쓰기|댓글 달기|댓글을 남겨주세요|댓글 보기|의견 쓰기",
    "ca": "comentaris|deixa un comentari|afegeix un comentari|escriu un comentari",
    "eu": "iruzkinak|utzi iruzkina|erantzun bat utzi",
    "et": "kommentaarid|lisa kommentaar|kommenteeri",
    "lv": "komentāri|pievienot komentāru|komentēt",
    "lt": "komentarai|komentuoti|rašyti komentarą|palikti komentarą",
    "af": "kommentaar|lewer kommentaar|los 'n kommentaar",
}
_RELATED: Mapping[str, str] = {
    "it": "leggi anche|leggi anche: …|articoli correlati|notizie correlate|potrebbe interessarti|potrebbe interessarti anche|ti potrebbe interessare|ti potrebbe interessare anche|potrebbero interessarti anche|i più letti|più letti|le più lette|ultime notizie|altre notizie|altri articoli|vedi anche|dello stesso autore",
    "nl": "lees ook|lees ook: …|lees meer|lees verder|gerelateerde artikelen|gerelateerd|meer over dit onderwerp|meer nieuws|meest gelezen|laatste nieuws|ook interessant|aanbevolen artikelen|dit vind je misschien ook interessant|bekijk ook",
    "sv": "läs också|läs också: …|läs även|läs mer|relaterade artiklar|relaterat|mer om ämnet|mest läst|mest lästa|senaste nytt|fler nyheter|rekommenderat|du kanske också gillar|mer från …",
    "da": "læs også|læs også: …|læs mere|relaterede artikler|relateret|mest læste|seneste nyt|flere nyheder|mere om emnet|anbefalet til dig|andre læser også",
    "nb": "les også|les også: …|les mer|relaterte artikler|relatert|mest lest|siste nytt|flere nyheter|mer om saken|anbefalt for deg|flere saker",
    "fi": "lue myös|lue myös: …|lue lisää|aiheeseen liittyvää|luetuimmat|tuoreimmat|lisää aiheesta|suosittelemme|muut lukevat|katso myös",
    "pl": "czytaj także|czytaj także: …|czytaj też|czytaj również|czytaj więcej|przeczytaj także|przeczytaj również|zobacz także|zobacz też|zobacz również|powiązane artykuły|powiązane tematy|polecane|polecane artykuły|najczęściej czytane|najpopularniejsze|najnowsze|może cię zainteresować|może cię zainteresować również",
    "cs": "čtěte také|čtěte také: …|přečtěte si také|čtěte více|související články|související|mohlo by vás zajímat|nejčtenější|nejnovější zprávy|další články|doporučujeme|podobné články",
    "sk": "čítajte aj|čítajte tiež|prečítajte si aj|prečítajte si tiež|súvisiace články|mohlo by vás zaujímať|najčítanejšie|ďalšie články|odporúčame|podobné články",
    "hu": "olvassa el ezt is|olvasd el ezt is|ez is érdekelheti|ez is érdekelhet|kapcsolódó cikkek|kapcsolódó|legolvasottabb|legfrissebb hírek|további cikkek|ajánlott cikkek",
    "ro": "citește și|citește și: …|citiți și|citește mai mult|articole similare|articole asemănătoare|te-ar putea interesa|ar putea să te intereseze|cele mai citite|ultimele știri|vezi și|recomandări",
    "hr": "pročitajte još|pročitaj još|pročitajte i|čitajte još|povezani članci|povezane vijesti|najčitanije|najnovije vijesti|moglo bi vas zanimati|preporučujemo|vezane vijesti",
    "sl": "preberite še|preberite tudi|sorodni članki|povezani članki|najbolj brano|morda vas zanima|priporočamo",
    "sr": "прочитајте још|прочитајте и|повезане вести|најчитаније|најновије вести|možda vas zanima|povezane vesti|pročitajte još|najčitanije",
    "bg": "прочетете още|прочетете и|вижте още|вижте също|свързани статии|свързани новини|най-четени|последни новини|още по темата|може да ви хареса",
    "ru": "читайте также|читайте также: …|читать также|читайте ещё|читайте еще|читать далее|по теме|материалы по теме|похожие статьи|похожие новости|похожие материалы|другие новости|новости по теме|самое читаемое|популярное|главное сегодня|вам может быть интересно|вам также может понравиться|смотрите также|рекомендуем|последние новости|ещё по теме|еще по теме",
    "uk": "читайте також|читайте також: …|читати також|читайте ще|за темою|матеріали за темою|схожі статті|схожі новини|інші новини|популярне|найпопулярніше|вас може зацікавити|дивіться також|рекомендуємо|останні новини",
    "el": "διαβάστε επίσης|διαβάστε επίσης: …|διαβάστε ακόμη|διαβάστε ακόμα|διαβάστε περισσότερα|σχετικά άρθρα|σχετικές ειδήσεις|δείτε επίσης|δείτε ακόμη|τα πιο δημοφιλή|δημοφιλέστερα|τελευταία νέα|μπορεί να σας ενδιαφέρει|προτεινόμενα",
    "tr": "bunlar da ilginizi çekebilir|ilginizi çekebilir|ilgili haberler|ilgili yazılar|benzer haberler|diğer haberler|çok okunanlar|en çok okunanlar|son haberler|ayrıca okuyun|ayrıca bakınız|önerilen haberler|devamını oku",
    "id": "baca juga|baca juga: …|baca selengkapnya|artikel terkait|berita terkait|berita lainnya|berita terpopuler|terpopuler|terkini|rekomendasi untuk anda|anda mungkin juga suka|lihat juga|simak juga",
    "ms": "baca juga|baca lagi|artikel berkaitan|berita berkaitan|berita lain|paling popular|anda mungkin juga berminat|lihat juga",
    "vi": "đọc thêm|xem thêm|tin liên quan|bài viết liên quan|bài liên quan|tin cùng chuyên mục|tin mới|tin nóng|đọc nhiều|đọc nhiều nhất|có thể bạn quan tâm|tin khác|cùng chuyên mục",
    "tl": "basahin din|kaugnay na balita|iba pang balita|pinakabasa",
    "fa": "مطالب مرتبط|اخبار مرتبط|بیشتر بخوانید|بیشتر بخوانید: …|همچنین بخوانید|پربازدیدترین|پربازدیدها|آخرین اخبار|مطالب پیشنهادی|شاید بپسندید",
    "ur": "مزید پڑھیں|یہ بھی پڑھیں|متعلقہ خبریں|متعلقہ مضامین|مقبول خبریں|تازہ ترین",
    "he": "קראו גם|קרא גם|כתבות נוספות|כתבות קשורות|עוד בנושא|אולי יעניין אותך|אולי יעניין אותך גם|הנקראות ביותר|חדשות נוספות|ראו גם|מומלצים",
    "hi": "यह भी पढ़ें|यह भी पढ़ें: …|ये भी पढ़ें|ये भी पढ़ें: …|और पढ़ें|संबंधित खबरें|संबंधित लेख|सबसे ज्यादा पढ़ी गई|ताजा खबरें|ताज़ा खबरें|अन्य खबरें|आपको यह भी पसंद आ सकता है",
    "bn": "আরও পড়ুন|আরও পড়ুন: …|আরো পড়ুন|সম্পর্কিত খবর|সম্পর্কিত সংবাদ|এ সম্পর্কিত|সর্বাধিক পঠিত|সর্বশেষ|আরও খবর",
    "ta": "மேலும் படிக்க|தொடர்புடைய செய்திகள்|இதையும் படிக்க|இதையும் படியுங்கள்|அதிகம் படித்தவை",
    "th": "อ่านเพิ่มเติม|อ่านต่อ|ข่าวที่เกี่ยวข้อง|บทความที่เกี่ยวข้อง|ข่าวล่าสุด|ข่าวยอดนิยม|อ่านข่าวเพิ่มเติม|เรื่องที่คุณอาจสนใจ",
    "ja": "関連記事|関連ニュース|関連リンク|関連キーワード|あわせて読みたい|こちらもおすすめ|おすすめ記事|おすすめの記事|人気記事|人気の記事|アクセスランキング|最新記事|最新ニュース|続きを読む|この記事を読んだ人はこんな記事も読んでいます|あなたにおすすめ|あなたにおすすめの記事|合わせて読みたい|注目の記事",
    "zh": "相关阅读|相關閱讀|延伸阅读|延伸閱讀|相关新闻|相關新聞|相关文章|相關文章|推荐阅读|推薦閱讀|更多阅读|更多新闻|更多新聞|热门文章|熱門文章|热门新闻|熱門新聞|猜你喜欢|猜你喜歡|你可能也喜欢|您可能感兴趣|最新文章|最新新聞|热点推荐|看更多|阅读更多|閱讀更多",
    "ko": "관련기사|관련 기사|관련뉴스|관련 뉴스|많이 본 뉴스|많이 본 기사|인기기사|인기 기사|추천기사|추천 기사|주요뉴스|주요 뉴스|최신기사|최신 기사|더 읽기|더 보기|함께 보면 좋은 기사|이 시각 주요뉴스",
    "ca": "llegeix també|articles relacionats|notícies relacionades|et pot interessar|el més llegit|més notícies|relacionat",
    "eu": "irakurri ere|lotutako albisteak|irakurrienak|azken albisteak",
    "et": "loe ka|loe veel|seotud artiklid|seotud lood|loetumad|viimased uudised",
    "lv": "lasi arī|lasiet arī|saistītie raksti|lasītākie|jaunākās ziņas",
    "lt": "skaitykite taip pat|taip pat skaitykite|skaitykite daugiau|susiję straipsniai|skaitomiausi|naujausios žinios",
    "af": "lees ook|verwante artikels|lees meer|meer nuus|mees gelees",
}


def lines_of(table: str) -> tuple[str, ...]:
    """Return the expressions of lines between `|`, over their keys."""
    return tuple(map(_line, table.split("|")))


def _line(said: str) -> str:
    """Return the expression of one line, over a block's key."""
    key = sameness_key(said.rstrip("…").replace("#", "0"))
    expression = re.escape(key).replace(r"\ ", " ")
    expression = re.sub(r"(?<!\w)0(?!\w)", r"\\d{1,6}", expression)
    return f"{expression}(?: .{{1,160}})?" if said.endswith("…") else expression


ELSEWHERE: Mapping[str, Markers] = {
    language: Markers(comments=lines_of(_COMMENTS[language]), related=lines_of(_RELATED[language]))
    for language in _COMMENTS
}

INLINE = Markers(
    lines=lines_of(
        "related|related story|related stories|related article|recommended|recommended for you|recommended stories"
        "|don't miss|more|watch|watch now|watch video|article continues below|article continues after this advertisement"
        "|content continues below|scroll to continue|continua após a publicidade|continua depois da publicidade"
        "|continúa tras la publicidad|pubblicità|annuncio pubblicitario|advertentie|annons|annonce|reklame|reklama|mainos"
        "|реклама|διαφήμιση|reklam|إعلان|פרסומת|広告|スポンサーリンク|广告|廣告|광고|quảng cáo|iklan|tangazo|विज्ञापन|বিজ্ঞাপন"
        "|விளம்பரம்|โฆษณา|hirdetés|publicitate|inzerát|inzercia|آگهی|اشتہار"
    ),
    related=lines_of(
        "related|related story|related stories|related article|related articles|recommended|don't miss|more|watch|listen|see also"
        "|ver también|ver tambien|mira también|lire|voir aussi|siehe auch|baca|simak|bunu da okuyun|okuyun"
        "|בנושא זה|لقراءة المزيد|شاهد أيضا|شاهد أيضاً|olvassa el|olvasd el|přečtěte si|čtěte|читайте|дивіться"
    ),
)
"""Lines between an article's paragraphs, alone or before another article's title and a colon."""
