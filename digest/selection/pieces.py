"""Pieces that tell about the news instead of telling it: opinions, pictures, corrections, live pages."""

from __future__ import annotations

import re

from digest.model import Article
from digest.selection.tokenizing import fold

_LIGHT_TAGS_NAMES = """
opinion|opinions|comment|column|editorial|letters|lifestyle|celebrity|celebrities|entertainment|
gossip|recipes|food|fashion|beauty|travel|review|reviews|quiz|puzzles|games|meinung|kommentar|
kolumne|leserbriefe|promi|leute|rezepte|reise|mode|unterhaltung|opinión|columnas|gente|recetas|moda|
viajes|chronique|tribune|people|recettes|mode|voyages|opinião|coluna|famosos|receitas|opinione|
ricette|opinie|column|recepten|nöje|recept|åsikter|мнение|мнения|рецепты|görüş|magazin|opini|
gaya hidup|maoni|burudani|رأي|منوعات|评论|娱乐|美食|オピニオン|グルメ|연예
"""
LIGHT_TAGS = frozenset(fold(tag) for tag in _LIGHT_TAGS_NAMES.replace("\n", " ").split("|"))
"""Sections of a paper's lighter pages."""

_LABELS_NAMES = """
opinion|op-ed|comment|commentary|column|editorial|leader|letters|letters to the editor|analysis|
explainer|explained|factbox|fact box|timeline|profile|quiz|review|preview|photos|pictures|in pictures|
photo gallery|gallery|watch|video|listen|podcast|live|live updates|live blog|liveblog|correction|
corrections|clarification|recap|looking back|on this day|meinung|kommentar|kolumne|leitartikel|
leserbriefe|analyse|hintergrund|faktencheck|chronologie|porträt|vorschau|rückblick|fotos|bilder|
in bildern|fotostrecke|bildergalerie|video|im video|podcast|liveticker|liveblog|berichtigung|korrektur|
richtigstellung|opinión|editorial|columna|análisis|cronología|perfil|previa|fotos|en fotos|en imágenes|
galería|vídeo|en vivo|en directo|fe de errores|corrección|rectificación|opinion|tribune|éditorial|édito|
chronique|analyse|décryptage|chronologie|portrait|avant-match|photos|en images|en photos|diaporama|vidéo|
en direct|rectificatif|erratum|mise au point|opinião|coluna|análise|entenda|cronologia|em imagens|
galeria|ao vivo|correção|errata|erramos|opinione|opinioni|editoriale|commento|analisi|cronologia|
le foto|in foto|fotogallery|diretta|errata corrige|rettifica|opinie|commentaar|hoofdartikel|analyse|
vooruitblik|terugblik|in beeld|foto's|rectificatie|ledare|krönika|debatt|analys|bilder|rättelse|leder|
kronikk|rettelse|pääkirjoitus|analyysi|oikaisu|opinia|komentarz|felieton|analiza|zdjęcia|sprostowanie|
мнение|колонка|комментарий|анализ|фото|видео|хронология|поправка|опровержение|думка|коментар|аналіз|
спростування|görüş|yorum|köşe yazısı|analiz|fotoğraflar|canlı|düzeltme|opini|tajuk|editorial|analisis|
foto|video|koreksi|ralat|maoni|tahariri|uchambuzi|picha|video|marekebisho|رأي|تحليل|صور|فيديو|تصحيح|
مباشر|نظر|دیدگاه|تحلیل|عکس|اصلاحیه|דעה|פרשנות|תמונות|תיקון|राय|विचार|संपादकीय|विश्लेषण|तस्वीरें|वीडियो|
भूल सुधार|社説|論説|コラム|解説|写真|動画|訂正|社论|评论|观点|分析|图集|视频|更正|사설|칼럼|분석|사진|영상|
정정
"""
_LABELS = frozenset(fold(label) for label in _LABELS_NAMES.replace("\n", " ").split("|"))
_LONGEST = max(map(len, _LABELS))
_LABEL_END = re.compile(r"\s?[:：|｜]|\s[–—-]\s|】|\]|」")
_LABEL_FORMS = frozenset({"live", "video", "gallery", "opinion", "podcast"})
_OPENING = "【[「("


def is_about(article: Article) -> bool:
    """Tell whether a piece is an opinion, pictures, a correction or the like, by form, section and label.

    A label stands before the headline (`Opinion: …`, `社説：…`) or behind it (`… | Kommentar`).
    """
    if article.form in _LABEL_FORMS or LIGHT_TAGS & {fold(tag) for tag in article.tags}:
        return True
    return has_label(article.title)


def has_label(title: str) -> bool:
    """Tell whether a headline is labelled as no report."""
    title = title.strip().lstrip(_OPENING)
    ends = [(found.start(), found.end()) for found in _LABEL_END.finditer(title)]
    if not ends:
        return False
    first, last = title[: ends[0][0]], title[ends[-1][1] :]
    return any(len(piece) <= 2 * _LONGEST and fold(piece) in _LABELS for piece in (first, last))
