"""What stands before another article's title, in a line between paragraphs: "Read also:" in many languages."""

# ruff: noqa: E501  # one line for a language or two
from __future__ import annotations

import re

from digest.sources.pages.markers.beginnings import branches
from digest.sources.pages.markers.kinds import phrases
from digest.sources.text.blocks import SENTENCE_END

_LEADS = r"""
    read also|read more(?: on .{1,40})?|see also|watch now|more on .{1,40}|go deeper|dig deeper|editor s picks?|editors picks?|our pick|top picks?|keep reading|continue reading|read next|up next|what to read next|read this next|next read|further reading|more to read|more reading|more like this|more on this(?: story| topic)?|more on that|more from .{1,40}|more about .{1,40}|background|in case you missed it|icymi|you might like|you may like|you might also like|you may also like|worth reading|must read|suggested reading|explore more|explained|explainer|see more|watch more|watch also|also watch|also see|also read|listen to|listen also|you might be interested in|our coverage|full coverage|from the archives?|from our archives?|previously|earlier|read the full story|read the story|read full story|full story|click here|find out more|learn more|trending(?: now)?|most read|don t miss(?: this)?|also in the news|related (?:coverage|reading|news|links?|content|topics?|posts?|videos?)
    lesen sie (?:hier|auch|hierzu|dazu|mehr|weiter|ausserdem|auch hier)|mehr (?:dazu|hierzu|lesen|zum thema|infos|informationen|aus .{1,30}|von .{1,30}|über .{1,40}|zu .{1,40})|auch (?:interessant|spannend|lesenswert|lesen)|lesetipp|das könnte sie(?: auch)? interessieren|passend dazu|hintergrund|zum thema|weiterlesen|lies auch|lies mehr|hier lesen|im video|sehen sie (?:auch|hier)|empfehlung der redaktion|aus dem archiv|weitere (?:artikel|nachrichten|informationen|infos)|dazu auch|siehe (?:auch|dazu|hierzu)|verpassen sie nicht|schauen sie auch
    (?:à )?(?:re)?(?:lire|voir|écouter|découvrir|consulter)(?: aussi| également| ensuite| plus)?|lisez (?:aussi|également)|voir (?:aussi|également)|notre (?:article|dossier|reportage|enquête|analyse|vidéo|entretien)|nos (?:articles|dossiers)|sur le même (?:sujet|thème)|pour aller plus loin|pour en savoir plus|en savoir plus|ne manquez pas|dans nos archives|article lié|articles liés|à ne pas manquer|plus d (?:infos?|informations?)|aussi à lire|vidéo
    (?:le|te|les|os) (?:puede|podría|recomendamos|sugerimos)(?: también)?(?: interesar| leer)?|(?:lea|lee|leé|leer|leen|mira|mirá|mire|vea|ve|ver|escucha|descubre|consulta)(?: también| además| más| aquí| ahora)?|además lee|más (?:información|noticias|sobre .{1,40}|en .{1,30})|no te pierdas|no se pierda|en contexto|noticias? relacionadas?|nota relacionada|notas relacionadas|artículos? relacionados?|relacionad[oa]s?|para saber más|seguí leyendo|sigue leyendo|siga leyendo|recomendad[oa]s?|contexto
    (?:leia|lê|ler|lea|veja|ver|vê|assista|ouça|confira|saiba)(?: também| mais| ainda| aqui)?|(?:notícia|matéria|conteúdo|artigo)s? relacionad[oa]s?|relacionad[oa]s?|não perca|continue lendo|para saber mais|mais sobre .{1,40}|entenda|pode (?:te )?interessar|talvez lhe interesse|recomendamos|lembre
    (?:leggi|guarda|vedi|ascolta|scopri|leggere)(?: anche| di più| qui| pure)?|potrebbe(?: anche)? interessart?[ie]|per approfondire|approfondimento|da non perdere|articol[oi] correlat[oi]|sullo stesso (?:argomento|tema)|continua a leggere|ti potrebbe interessare|l approfondimento|per saperne di più
    (?:lees|bekijk|kijk|luister|zie|lezen)(?: ook| meer| hier| verder| verder onder)?|meer (?:over .{1,40}|lezen|weten|nieuws)|ook interessant|aanbevolen|mis dit niet|gerelateerd(?: nieuws)?|achtergrond|leestip|verder lezen|leestips
    (?:läs|se|lyssna|les|sjå|hør|læs|lyt|se)(?: också| även| mer| mere| også| og|  her| hela| hele)?(?: om .{1,40})?|relaterat|relatert|relateret|för dig|missa inte|bakgrund|bakgrunn|baggrund|anbefalt|læs også om .{1,40}
    (?:lue|katso|kuuntele)(?: myös| lisää| seuraavaksi| tästä)?|aiheesta(?: lisää)?|aiheesta aiemmin|taustaa|älä missaa
    (?:czytaj|zobacz|przeczytaj|sprawdź|obejrzyj|posłuchaj|poznaj)(?: także| też| również| więcej| dalej| koniecznie)?|polecamy|powiązane|warto przeczytać|nie przegap|więcej (?:na ten temat|o .{1,40}|informacji)|przeczytaj też
    (?:čtěte|přečtěte si|mohlo by vás zajímat|podívejte se|čítajte|prečítajte si|pozrite si)(?: také| též| více| dále| i| tiež| aj| viac| ďalej| na)?|související|súvisiace|mohlo by vás (?:také )?zajímat|mohlo by vás zaujímať|nepřehlédněte|více (?:zde|o tématu)|viac na túto tému|doporučujeme|odporúčame
    (?:olvassa|olvasd|nézze|nézd)(?: el| meg)?(?: is| ezt is| még)?|kapcsolódó(?: cikk| cikkek| cikkünk)?|ajánljuk|ajánló|ez is érdekelheti|bővebben|részletek itt
    (?:citește|citeşte|citiți|vezi|vedeți|urmărește|află)(?: și| şi| mai mult| mai multe| aici)?|pe aceeași temă|te ar putea interesa|recomandări|articole similare|pe același subiect
    (?:ayrıca|bunu da|bunları da|şunu da|bunlara da) (?:okuyun|bakın|izleyin|oku)|ilgili (?:haber|haberler|içerik|video|konu)|ilginizi çekebilir|haberin devamı|devamı|okumaya devam edin|detaylar|tıklayın|öne çıkan
    (?:читайте|смотрите|слушайте|читать|дивіться|слухайте|чытайце|вижте|прочетете|четете|прочитајте|погледајте|погледнете|читај)(?: также| такжe| ещё| еще| далее| по теме| подробнее| також| ще| далі| також на тему| таксама| още| и| још| повече| и ова)?|подробнее(?: об этом| о .{1,40})?|подробности|детальніше|докладніше|подробно|по теме|по темі|на тему|в тему|рекомендуем|рекомендуємо|не пропустите|не пропустіть|ранее|раніше|контекст|больше новостей|больше по теме|більше|свързани новини|повеќе|више|више о томе|повезане вести|препоручујемо
    (?:διαβάστε|δείτε|ακούστε|δεσ|διάβασε)(?: επίσησ| ακόμα| ακόμη| περισσότερα| εδώ| και| σχετικά)?|σχετικά(?: άρθρα| νέα)?|μη χάσετε|μην χάσετε|περισσότερα
    (?:pročitajte|čitajte|pogledajte|preberite|poglejte|pročitaj|pogledaj)(?: i| još| više| također| takođe| tudi| tu| ovdje| sve)?|povezano|povezane vijesti|vezane vesti|vezani članci|sorodno|preporučujemo|priporočamo|više o tome
    (?:loe|vaata)(?: ka| lisaks| veel)|(?:lasi|skaties|uzzini)(?: arī| vēl| vairāk)|(?:skaitykite|žiūrėkite|taip pat skaitykite)(?: taip pat| daugiau)?|susiję(?: straipsniai)?|seotud|saistītie raksti|lestu (?:einnig|meira|líka)|sjá einnig|tengdar fréttir
    (?:llegiu|llegeix|vegeu|mireu|escolteu)(?: també| més)?|et pot interessar|us pot interessar|més informació|irakurri (?:ere|gehiago)|le (?:tamén|máis)|lexo edhe|shih edhe|lexoni (?:edhe|gjithashtu)
    (?:baca|simak|lihat|tonton|cek|dengar|tengok)(?: juga| selengkapnya| lagi| pula| berita| artikel)?(?: di sini)?|artikel terkait|berita terkait|terkait|pilihan editor|rekomendasi|jangan lewatkan|berita berkaitan|basahin(?: din)?|tingnan(?: din)?|kaugnay(?: na balita)?|panoorin
    (?:đọc|xem|nghe|tham khảo)(?: thêm| tiếp| ngay| lại| nhiều)?|tin liên quan|bài liên quan|có thể bạn quan tâm|mời (?:bạn )?(?:đọc|xem)(?: thêm)?
    soma (?:pia|zaidi|hapa|habari zaidi)|tazama (?:pia|zaidi|hapa)|habari zinazohusiana|unaweza pia kupenda|sikiliza(?: pia)?|karanta(?: kuma| karin)|ka sake karantawa|tun ka|lees ook|lees meer|kyk ook|verwante (?:artikels|stories)|funda (?:futhi|okuningi)
    (?:اقرأ|اقرؤوا|إقرأ|اقرئي|طالع|طالعوا|شاهد|شاهدوا|تابع|تابعوا|استمع|انظر)(?: أيضا| ايضا| المزيد| كذلك)?|مواضيع ذات صلة|أخبار ذات صلة|ذات صلة|قد يهمك(?: أيضا| ايضا)?|لا يفوتك|للمزيد|المزيد|خبر ذو صلة
    (?:بیشتر بخوانید|بخوانید|همچنین بخوانید|مطالب مرتبط|اخبار مرتبط|بیشتر بدانید|مرتبط|ببینید|همچنین ببینید)|(?:یہ بھی پڑھیں|مزید پڑھیں|مزید پڑھیے|متعلقہ خبریں)
    (?:קראו|קרא|צפו|ראו|האזינו|לקריאה)(?: גם| עוד| נוספת| כאן)?|עוד (?:בנושא|בנושא זה|על .{1,40}|כתבות)|כתבות נוספות|אולי יעניין אותך|כתבה קשורה
    (?:यह|ये|इसे) भी (?:पढ़ें|पढ़े|देखें|पढ़िए)|और (?:पढ़ें|पढ़िए)|संबंधित (?:खबरें|ख़बरें|खबर)|आगे पढ़ें|हे ?(?:ही|सुद्धा) वाचा|आणखी वाचा|यो पनि पढ्नुहोस्|(?:আরও|আরো) (?:পড়ুন|দেখুন|খবর)|সম্পর্কিত খবর|மேலும் (?:படிக்க|வாசிக்க)|இதையும் படி(?:யுங்கள்|க்க)|ఇవి కూడా చదవండి|ఇది కూడా చదవండి|ഇതും വായിക്കുക|ಇದನ್ನೂ ಓದಿ|આ પણ વાંચો|ਇਹ ਵੀ ਪੜ੍ਹੋ
    関連|関連記事|関連ニュース|関連リンク|関連動画|あわせて読みたい|合わせて読みたい|あわせて読む|こちらも(?:読まれています|おすすめ|読みたい|どうぞ)?|次に読む|おすすめ(?:記事)?|参考|参考記事|続きを読む|詳しくはこちら|詳細はこちら|詳しく|前回|前の記事|特集|写真|動画|もっと読む|人気記事|注目記事|解説
    相关(?:阅读|新闻|报道|文章|链接|推荐)?|相關(?:閱讀|新聞|報導|文章|連結)?|延伸(?:阅读|閱讀)|推荐(?:阅读)?|推薦(?:閱讀)?|更多(?:阅读|新闻|报道|閱讀|新聞|報導|内容|內容)?|另见|另見|参见|參見|点击查看|點擊查看|看更多|閱讀更多|阅读更多|你可能(?:还|還)?(?:喜欢|喜歡|想看|感兴趣)|往期回顾|猜你喜欢|同场加映|同場加映|热门|熱門
    관련 ?(?:기사|뉴스|영상|글)?|함께 (?:읽기|볼만한 기사|보면 좋은 기사|읽으면 좋은 글)|이 ?기사도|더 ?(?:보기|읽기)|추천 ?(?:기사)?|이전 기사|많이 본 (?:기사|뉴스)|자세히 ?(?:보기)?
    อ่าน(?:เพิ่มเติม|ต่อ|ข่าวต้นฉบับ|ข่าวที่เกี่ยวข้อง|ด้วย|เพิ่ม)|ข่าวที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|บทความที่เกี่ยวข้อง|ดูเพิ่มเติม|ห้ามพลาด|เรื่องที่คุณอาจสนใจ|წაიკითხეთ აგრეთვე|კიდევ წაიკითხეთ|կարդացեք նաեւ|ավելին|həmçinin oxuyun|oxuyun|shuningdek o qing|тағы оқыңыз|также читайте
    (?:материалы?|читайте|ещё|еще) по теме|тема дня|в тему дня|матеріал за темою|мөн унш\w+|холбоотой мэдээ|тағы да оқыңыз|оқи отырыңыз|дагы окуңуз|ҳамчунин хонед|боз хонед|тагын укыгыз
    წაიკითხეთ (?:ასევე|აგრეთვე|მეტი)|ასევე წაიკითხეთ|նաև կարդացեք|կարդացեք (?:նաև|ավելին)|o qing|oqing|tavsiya etamiz|oqishga tavsiya(?: etamiz)?|mavzuga oid|bunu da oxu|oxumağa davam et|həmçinin bax
    தொடர்புடைய செய்தி|மேலும் (?:படிக்க|வாசிக்க|பார்க்க)|ఇది (?:కూడా )?చదవండి|ఇవీ చదవండి|ಇದನ್ನೂ (?:ಓದಿ|ಓದಿರಿ)|ಮತ್ತಷ್ಟು ಓದಿ|വായിക്കൂ|ഇതും വായിക്കൂ|കൂടുതൽ വായിക്കുക|વધુ વાંચો|ਹੋਰ ਪੜ੍ਹੋ|हे ही वाचा|अधिक वाचा|थप पढ्नुहोस्|තවත් කියවන්න|සම්බන්ධ පුවත්
    ဆက်လက်ဖတ်ရှုရန်|ဆက်ဖတ်ရန်|အလားတူသတင်း|អានបន្ថែម|អានផងដែរ|អត្ថបទទាក់ទង|ອ່ານເພີ່ມ(?:ຕື່ມ)?|ຂ່າວທີ່ກ່ຽວຂ້ອງ|ያንብቡ|ተጨማሪ ያንብቡ|ተዛማጅ ዜና|ኣንብቡ
    léigh (?:freisin|tuilleadh)|darllenwch (?:hefyd|fwy|ragor|mwy)|darllen mwy|leugh cuideachd|irakurri(?: ere| gehiago| baita)?|aqra (?:wkoll|aktar|iktar)|lesa (?:einnig|meira|líka)|lesið eisini|liest och|les och|liesen iech
    akhri (?:sidoo kale|wax badan|dheeraad)|sidoo kale akhri|funda (?:nalokhu|nale|kabanzi|okunye|ngokugcweleyo)|gụkwaa|ka tun (?:ka|pe)|tún ka|soma n ibi|inkuru bifitanye isano|verenga(?:wo)?|bala hape|vakai(?: foki)?
    lexo (?:edhe|më shumë|gjithashtu)|lexoni edhe|lajme të ngjashme|anchor story|kaugnay|magbasa pa|basaha usab|baca(?: juga)? artikel|maca oge|moco ugi|le maís|ler (?:máis|tamén)|llee tamién|lei (?:pure|anche)
    in pictures|in photos|photo gallery|photo story
"""

_LEAD = re.compile("|".join(f"(?:{line})" for line in phrases(_LEADS)))
_LABEL = re.compile(
    "|".join(f"(?:{one})" for line in phrases(_LEADS) for one in branches(line) if ".{" not in one)
)
_WORD = re.compile("[\\w\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u0eb1-\u0ece\u102b-\u109d\u17b4-\u17d3]+")
_READING_MARKS = re.compile("[\u064b-\u0652]")
_MARK = re.compile(r"\s?(?:>{1,3}|[:：|｜►▶»→])\s?|\s[–—-]\s")
_IN_BRACKETS = re.compile(r"[【\[(]([^】\])]{2,30})[】\])]\s?(?=\S)")
_POINTS = re.compile(r"(?:>{2,3}|»|►|▶|👉|➡)\s?\S")
_LONGEST_HEAD = 60
_FEWEST_OF_WIDE = 4
_FEWEST_OF_TITLE = 8
"""In characters; one of a wide script tells as much as two."""


def points_elsewhere(text: str) -> bool:
    """Tell whether a line is another article's title behind "Read also:", in whatever language, or a sign."""
    if _POINTS.match(text):
        return True
    found = _IN_BRACKETS.match(text)
    head, title = (found[1], text[found.end() :]) if found else _parted(text)
    return _is_title(title) and bool(_LEAD.fullmatch(_plain(head)))


def is_plain_pointer(text: str) -> bool:
    """Tell whether the words before the title are two or more, so that even a sentence behind them is one."""
    head, title = _parted(text)
    plain = _plain(head)
    return _is_title(title) and " " in plain and bool(_LEAD.fullmatch(plain))


def is_lead(text: str) -> bool:
    """Tell whether a text is nothing but such words, one or more."""
    return len(text) <= _LONGEST_HEAD and bool(_LEAD.fullmatch(_plain(text)))


def is_label(text: str) -> bool:
    """Tell whether a line is nothing but such words: two or more, or as much as two in a script without spaces."""
    plain = _plain(text) if len(text) <= _LONGEST_HEAD else ""
    is_more_than_a_word = " " in plain or (plain > "\u0e00" and len(plain) >= _FEWEST_OF_WIDE)
    return is_more_than_a_word and not SENTENCE_END.search(text) and bool(_LABEL.fullmatch(plain))


def _is_title(text: str) -> bool:
    return sum(2 if one >= "\u2e80" else 1 for one in text[:_FEWEST_OF_TITLE]) >= _FEWEST_OF_TITLE


def _parted(text: str) -> tuple[str, str]:
    mark = _MARK.search(text, 0, _LONGEST_HEAD)
    return (text[: mark.start()], text[mark.end() :]) if mark and mark.start() else ("", "")


def _plain(head: str) -> str:
    return " ".join(
        _WORD.findall(_READING_MARKS.sub("", head[:_LONGEST_HEAD]).replace("İ", "i").casefold())
    )
