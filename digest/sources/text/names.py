"""Names of sites and of their sections, as titles and bylines carry them."""

# ruff: noqa: E501  # words, line for line
from __future__ import annotations

import re

from digest.sources.text.blocks import sameness_key, words

_SECTIONS = """
    news world politics business sport sports opinion opinions culture arts lifestyle life tech
    technology science
    health entertainment local national international economy finance markets education environment
    climate travel
    weather features feature video videos photos gallery breaking latest top stories story home
    uncategorized general
    desk staff reporter reporters writer writers correspondent correspondents contributor contributors
    editor editors
    editorial newsroom team web online digital agency agencies our the of and a by bureau wire press
    nachrichten welt politik wirtschaft kultur sportredaktion meinung wissen wissenschaft gesundheit
    panorama lokales
    regional inland ausland feuilleton technik reise leben gesellschaft redaktion lokalredaktion
    onlineredaktion agentur
    agenturen der die das unsere unserem unserer korrespondent korrespondenten korrespondentin
    actualité actualités monde politique économie culture société santé sciences idées régions
    rédaction rédacteur agence
    agences la le les de notre du correspondant correspondants
    noticias mundo política economía deportes deporte cultura sociedad salud ciencia opinión
    tecnología internacional
    nacional redacción redaccion agencias agencia el los las nuestra corresponsal corresponsales
    notícias política economia esportes esporte desporto cultura saúde ciência opinião tecnologia
    mundo brasil redação
    redacao agências
    notizie mondo politica economia cultura salute scienza opinioni redazione agenzie nostra
    nieuws wereld politiek economie cultuur gezondheid wetenschap redactie onze
    nyheter inrikes utrikes ekonomi kultur redaktionen sporten nyheder indland udland økonomi
    redaktionen nyheter
    utenriks innenriks økonomi redaksjonen uutiset kotimaa ulkomaat talous kulttuuri urheilu toimitus
    wiadomości świat polityka gospodarka kultura zdrowie nauka redakcja
    новости мир политика экономика культура спорт общество редакция новини світ політика економіка
    редакція
    haberler dünya siyaset ekonomi kültür spor sağlık haber merkezi
    berita dunia politik ekonomi budaya olahraga redaksi tim
    habari siasa uchumi michezo utamaduni afya mwandishi wetu waandishi
    أخبار سياسة اقتصاد رياضة ثقافة العالم الأخبار هيئة التحرير مراسلنا التحرير
    ニュース 政治 経済 社会 国際 スポーツ 文化 科学 編集部 新闻 政治 经济 社会 国际 体育 文化 科技
    编辑部 新聞 經濟 體育 編輯部
    뉴스 정치 경제 사회 국제 스포츠 문화 편집부 전체기사 전국
    本报讯 本報訊 온라인뉴스팀 뉴스팀 디지털뉴스팀 인터넷뉴스팀 فريق قسم डेस्क ब्यूरो वेब টিম ডেস্ক
    football soccer tennis golf rugby cricket cycling basketball fußball fútbol futebol calcio voetbal fotboll
    fotball fodbold jalkapallo piłka футбол サッカー 축구 足球 기사본문 본문 기사 crime law money property
    motoring food books film music tv television
    国内 國內 财经 財經 国際 経済 本報記者 本报记者
"""
_STAFF = """
    special service services guest author authors post user users super site admin admins administrator
    webmaster blogger owner own chief senior junior staffer intern trainee content manager system support
    gast gastautor gastautorin gastbeitrag gastkommentar autor autoren auteur invité invitado convidado
    ospite array object test demo wpadmin superadmin
"""
_EDITIONS = words("""
    online news digital web website english live mobile haber haberleri gazetesi デジタル オンライン ニュース web版
    电子版 電子版 电子报 電子報 网 網 新闻网 新聞網 新闻 新聞 뉴스 닷컴 온라인 онлайн новости новини أخبار نيوز
""")
"""What stands behind a site's own name where it names its edition on the web."""
_TOP_LEVEL = re.compile(r"(?<=\w)\.[a-z]{2,4}(?:\.[a-z]{2})?$", re.IGNORECASE)
_LEAST_OF_A_NAME = 2
SECTION_WORDS = frozenset(sameness_key(_SECTIONS).split())
"""Words of sections and desks; a name made of nothing else is nobody's."""

_NOBODY_S = SECTION_WORDS | frozenset(sameness_key(_STAFF).split())

_ARTICLE = re.compile(r"(?:the|der|die|das|le|la|les|el|los|las|il|o|a|de|het) (?=\w)")
_DOMAIN = re.compile(r"(?:www\.)?([\w-]{2,63}(?:\.[\w-]{2,63}){1,4})")


def is_section(name: str) -> bool:
    """Tell whether a name is that of a section, a desk or a staff, not of a person."""
    said = sameness_key(name).split()
    return bool(said) and len(said) <= 5 and all(word in SECTION_WORDS for word in said)


def is_nobody(name: str) -> bool:
    """Tell whether a byline names a desk, a staff or an account, not a person."""
    said = sameness_key(name).split()
    return len(said) <= 5 and all(word in _NOBODY_S or word.isdigit() for word in said)


def is_site(name: str, publisher: str) -> bool:
    """Tell whether a piece of a title names its publisher, by name or by domain."""
    wanted, said = squeezed(publisher), squeezed(_TOP_LEVEL.sub("", name.strip()))
    if not wanted:
        return False
    if said == wanted or (len(wanted) >= _LEAST_OF_A_NAME and said.removeprefix(wanted) in _EDITIONS):
        return True
    domain = _DOMAIN.fullmatch(name.strip().lower())
    if domain is None:
        return False
    bare = sameness_key(publisher).replace(" ", "")
    return not {wanted, bare}.isdisjoint(squeezed(part) for part in domain[1].split("."))


def squeezed(name: str) -> str:
    """Return a name without its article, spaces and marks: `The Quay-Courier` is `quaycourier`."""
    return _ARTICLE.sub("", sameness_key(name), count=1).replace(" ", "")
