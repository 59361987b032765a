"""What pages say around an article, by language: data for `cleaning`.

Every entry is a regular expression over a block's key: words only, lower case, one space apart, no
punctuation, no accents on Arabic. A new language is one more `Markers` here. All languages are read for every article: publishers mix them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Markers:
    """The phrases of one language.

    Attributes:
        comments: a comment box or list starts here; whole block.
        related: a list of other articles starts here; whole block.
        lines: furniture of one line that ends no sentence, dropped wherever it stands; whole block.
        sentences: the same, but may end like a sentence; so they must be unmistakable.
        shares: words that a share row is made of; a block of nothing else is one.
        bylines: how a line with the author's name begins.
        cookies: found anywhere in a consent text.
        about: found in the closing text about the publisher or a call to subscribe; two of them, or one
            beside the publisher's name, make such a text.
        about_headings: a heading over such a text, `{publisher}` excluded; whole block.
    """

    comments: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    cookies: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    about_headings: tuple[str, ...] = ()


ENGLISH = Markers(
    comments=(
        r"(?:write|leave|post|add|make|submit) (?:a|your|an?other) (?:public )?(?:comment|reply|response)(?: below| here| now)?",
        r"(?:leave|post|write) (?:a )?(?:comment|reply)(?: cancel reply)?",
        r"(?:view |show |read |see |hide |load )?(?:all |more )?(?:\d+ )?(?:reader )?comments?(?: \d+| so far| closed| below)?",
        r"(?:no|\d+) (?:comments?|responses?|replies|thoughts?)(?: yet| so far| (?:on|to) .{1,200})?",
        r"join the (?:conversation|discussion)",
        r"(?:have your say|what do you think|share your thoughts|tell us what you think)(?: below| in the comments.*)?",
        r"comments are (?:closed|disabled|moderated|off).*",
        r"(?:log|sign) in to (?:leave a )?(?:comment|reply).*",
        r"your email address will not be published.*",
        r"you(?:r)? comment will be published.*",
        r"be the first to comment.*",
    ),
    related=(
        r"(?:related|similar|recommended|suggested|popular|trending|more) (?:articles?|stories|posts?|news|reading|content|topics?|coverage|links?|videos?)(?: for you)?",
        r"related",
        r"(?:you (?:may|might) (?:also )?(?:like|be interested in|enjoy)|you may have missed)(?: this| these)?",
        r"(?:read|see|watch)(?: more)? (?:next|also|this next)",
        r"(?:more|latest|other news|other stories) (?:from|in|on|by|about) .{1,60}",
        r"(?:more (?:like this|from us)|most (?:read|popular|viewed|shared)|top stories|trending(?: now)?|latest news|editors? picks?|don t miss|what to read next|up next|next up|in case you missed it)",
        r"(?:promoted|sponsored) (?:content|stories|links)(?: by .{1,30})?",
        r"from (?:around|across|elsewhere on) the (?:web|network|site)",
        r"explore more(?: on these topics)?",
        ),
    lines=(
        r"(?:previous|next) (?:article|post|story).{0,120}",
        r"(?:filed under|tagged(?: with)?|tags|topics|categories)(?: .{1,120})?",
        r"(?:continue|keep) reading(?: .{1,120})?|read (?:more|the full (?:story|article)|full article|on)(?: here| at .{1,40})?",
        r"(?:read|see|watch|listen)(?: also| more| next| related)? (?:also|here|more) .{0,120}",
        r"also read .{1,160}|recommended reading .{1,160}",
        r"(?:estimated )?(?:reading time )?(?:about )?\d{1,3} ?(?:min(?:ute)?s?)(?: read)?(?: time)?|reading time \d{1,3} min(?:ute)?s?",
        r"(?:image|photo|picture) (?:source|credits?|caption|copyright)(?: .{1,80})?|getty images",
        r"(?:last )?(?:updated|modified|published|posted)(?: on| at)? .{0,40}\d.{0,40}",
        r"(?:skip|jump) to (?:main )?(?:content|comments)|back to (?:top|home|homepage)|table of contents|print this (?:page|article)|listen to this article.{0,40}",
        r"copy(?: link| url)?(?: to clipboard)?|link copied|download (?:the|our) app.{0,60}|loading|view (?:the )?(?:gallery|slideshow|original).{0,40}",
        ),
    sentences=(
        r"(?:like|follow|find|join) us on .{2,80}|follow .{2,40} on (?:twitter|facebook|instagram|x|linkedin|telegram|whatsapp|google news).{0,60}",
        r"advertisements?(?: \d+)?|ad|sponsored|promoted|story continues below(?: advertisement)?|article continues (?:below|after) .{2,30}",
        r"(?:if you (?:like|enjoy)(?:ed)? (?:this|our) (?:article|story|content).{0,160})",
        r"(?:get|have) .{0,60} (?:delivered |sent )?(?:straight |right |direct(?:ly)? )?(?:to|in) your inbox.{0,60}",
        r"(?:sign up|subscribe)(?: (?:now|today|here|free|for free))?(?: (?:to|for) (?:our|the|my) .{0,60}newsletters?.{0,60})?",
        r"(?:click|tap) (?:here )?to (?:share|tweet|print|email|enlarge|subscribe|sign up|play|expand).{0,80}",
        r"(?:this|the) (?:article|post|story|piece) (?:was )?(?:originally |first )(?:appeared|published|posted) (?:on|in|at) .{1,120}",
        r"the post .{1,300} (?:appeared first|first appeared) on .{1,120}",
    ),
    shares=tuple(
        "share shares tweet like likes pin email print save bookmark follow send facebook twitter x linkedin "
        "whatsapp telegram pinterest reddit tumblr instagram messenger viber line threads bluesky mastodon "
        "flipboard pocket copy link url sms mail on via this article story post page with friends and or more "
        "to by a the it us now buttons icon google plus youtube tiktok rss".split()
    ),
    bylines=(r"by", r"written by", r"words by", r"reported by", r"reporting by", r"posted by", r"author", r"story by"),
    cookies=(
        r"(?:we|this (?:web )?site|our (?:web )?site|us and our partners|we and our (?:\d+ )?partners) (?:use|uses|may use|store|process).{0,60}cookies",
        r"(?:accept|reject|manage|allow) (?:all )?(?:the )?cookies",
        r"by (?:continuing to|clicking|using) .{1,80}(?:cookies|privacy policy|terms)",
        r"cookie (?:policy|settings|preferences|notice|consent)",
    ),
    about=(
        r"stay (?:informed|tuned|updated|connected|up to date)", r"tune in", r"our (?:platform|mission|team|journalists|reporters|newsroom|website|readers|editors)",
        r"(?:provides?|brings?|delivers?|offers?|publishes) (?:you )?(?:the )?(?:daily|latest|breaking|timely|up to date|comprehensive|accurate|in depth|independent|quality|trusted)",
        r"(?:daily|latest|breaking|timely and accurate|accurate) (?:news )?(?:updates|news(?: delivery| coverage)?)", r"dedicated (?:reporters|team|journalists)",
        r"(?:sign up|subscribe|register) (?:to|for|today|now|here)", r"(?:follow|like|find|join|contact|reach|email|support) us", r"all rights reserved", r"copyright(?: ©)? \d{4}",
        r"(?:leading|trusted|premier|number one|independent|award winning) (?:source|provider|news|online|publisher|publication|platform|media)",
        r"founded in \d{4}|established in \d{4}|since (?:19|20)\d\d", r"(?:your )?(?:number one|one stop|go to|trusted) (?:source|destination|platform)",
        r"comprehensive (?:reports?|coverage)", r"exclusive stories", r"impactful journalism", r"to your inbox|in your inbox", r"download (?:our|the) app",
        r"(?:support|fund|donate to|become a member of|become a supporter of) (?:our|independent|quality|the|us)", r"(?:about|who we are|contact) us", r"(?:terms of (?:use|service)|privacy policy)",
        r"(?:is|are) (?:a|an|the) .{0,60}(?:news (?:site|website|platform|outlet|agency|organi[sz]ation)|newspaper|media (?:house|company|outlet|organi[sz]ation))",
    ),
    about_headings=(r"about(?: us| the author| the authors| this site| this article| the publisher)?", r"who we are", r"our (?:mission|story)", r"contact(?: us)?", r"follow us.{0,40}", r"newsletter(?:s| signup| sign up)?", r"subscribe.{0,40}", r"stay connected"),
)  # fmt: skip

FRENCH = Markers(
    comments=(
        r"(?:laisse[rz]?|écri(?:re|vez)|ajoute[rz]?|poste[rz]?|publier) (?:un|votre|une|mon) (?:commentaire|réponse)(?: annuler la réponse)?",
        r"(?:voir (?:tous )?les |lire les |les )?(?:\d+ )?commentaires?(?: \d+)?", r"(?:aucun|pas de|\d+) (?:commentaires?|réactions?|réponses?)(?: (?:pour le moment|sur|à) .{0,200})?",
        r"réagir(?: à cet article)?", r"réagissez.{0,60}", r"votre adresse (?:e mail|de messagerie|email) ne sera pas publiée.*", r"votre commentaire sera publié.*", r"les commentaires sont fermés.*", r"connectez vous pour (?:commenter|réagir).*", r"soyez le premier à (?:commenter|réagir).*",
    ),
    related=(
        r"(?:articles?|sujets?|contenus?|lectures?|vidéos?) (?:similaires?|connexes?|liés?|associés?|recommandée?s?|suggérés?)", r"(?:à|a) lire (?:aussi|également|ensuite)(?: .{0,160})?", r"(?:lire|voir) (?:aussi|également)(?: .{0,160})?",
        r"sur le même (?:sujet|thème)", r"(?:vous (?:aimerez|pourriez|devriez) aussi.{0,40}|cela pourrait vous intéresser|ça peut vous intéresser)", r"les plus (?:lus|lues|populaires|consultés|partagés)", r"(?:plus|davantage) (?:d articles|d actualités|d infos).{0,60}", r"nos (?:derniers articles|recommandations|sélections?)", r"dans la même (?:rubrique|catégorie)", r"pour aller plus loin", ),
    lines=(
        r"(?:article|post) (?:précédent|suivant).{0,120}",
        r"(?:mots clés|étiquettes|thèmes|tags)(?: .{1,120})?",
        r"(?:lire la suite|continuer la lecture|en savoir plus|lire l article(?: complet)?)(?: .{0,120})?",
        r"(?:temps de lecture )?(?:environ )?\d{1,3} ?min(?:utes?)?(?: de lecture)?|temps de lecture \d{1,3} ?min(?:utes?)?", r"(?:crédits? )?photos? (?:©|de|crédit).{0,80}|crédit .{1,60}",
        r"(?:suivez|rejoignez|retrouvez) nous sur .{2,80}", r"(?:publié|mis à jour|modifié|posté)(?: le| à)? .{0,40}\d.{0,40}", r"écouter (?:cet|l) article|haut de page|retour (?:en haut|à l accueil)|copier le lien",
    ),
    sentences=(
        r"(?:recevez|retrouvez) .{0,80}(?:newsletter|boîte mail|par (?:e )?mail).{0,60}",
        r"(?:inscrivez|abonnez) vous.{0,100}",
        r"publicité|annonce|contenu sponsorisé|la suite après (?:la|cette) publicité|(?:l )?article continue (?:après|sous) .{2,30}",
        r"cet article est apparu en premier sur .{1,120}",
        r"l article .{1,300} est apparu en premier sur .{1,120}",
    ),
    shares=tuple("partager partagez partage cet article sur par imprimer envoyer enregistrer courriel e mail suivre copier le lien j aime réagir tweeter aimer".split()),
    bylines=(r"par", r"propos recueillis par", r"écrit par", r"publié par", r"rédigé par", r"de notre correspondante?"),
    cookies=(r"(?:nous|ce site|notre site|nos partenaires) utilis(?:ons|e|ent).{0,60}cookies", r"(?:accepter|refuser|gérer|paramétrer) (?:tous )?(?:les |mes )?cookies", r"en (?:continuant|poursuivant|cliquant) .{1,80}cookies", r"politique (?:de|relative aux) cookies"),
    about=(
        r"(?:restez|soyez) (?:informée?s?|connectée?s?|à l écoute)", r"notre (?:plateforme|mission|rédaction|équipe|site|média)", r"nos (?:journalistes|reporters|lecteurs|équipes)", r"tous droits réservés", r"(?:abonnez|inscrivez) vous", r"(?:suivez|contactez|rejoignez|soutenez) nous", r"(?:toute )?l (?:actualité|info(?:rmation)?) (?:en continu|quotidienne|en temps réel|du jour)",
        r"(?:propose|offre|fournit|publie|diffuse) (?:chaque jour|quotidiennement|des (?:informations|actualités|reportages|nouvelles)|l actualité)", r"(?:informations|nouvelles) (?:fiables|vérifiées|quotidiennes)", r"(?:fondé|créé)e? en \d{4}|depuis (?:19|20)\d\d", r"qui sommes nous|mentions légales|à propos de nous", r"est (?:un|une|le|la) .{0,60}(?:site d information|journal|média|quotidien|agence de presse)",
    ),
    about_headings=(r"(?:à|a) propos(?: de nous| de l auteur| de l auteure| des auteurs)?", r"qui sommes nous", r"notre mission", r"(?:nous )?(?:contact(?:er|ez nous)?|suivre)", r"suivez nous.{0,40}", r"newsletter|lettre d information", r"abonnez vous.{0,40}"),
)  # fmt: skip

GERMAN = Markers(
    comments=(
        r"(?:schreiben? sie |schreib(?:e)? |hinterlassen? (?:sie )?|verfassen? (?:sie )?)?(?:einen|eine|ihren|deinen|ein) (?:kommentar|antwort)(?: (?:schreiben|hinterlassen|verfassen|abgeben|abbrechen))?", r"kommentar (?:schreiben|hinterlassen|verfassen|abgeben|absenden)", r"(?:alle |zu den |die )?(?:\d+ )?(?:leser)?kommentare?(?: \d+| anzeigen| lesen| ansehen| geschlossen)?", r"(?:keine|noch keine|\d+) (?:kommentare?|antworten)(?: .{0,200})?",
        r"(?:diskutieren sie mit|jetzt mitdiskutieren|mitreden|ihre meinung|diskussion|was meinen sie)(?: .{0,60})?", r"(?:deine|ihre) e ?mail ?adresse wird nicht veröffentlicht.*", r"(?:dein|ihr) kommentar wird .{0,60}veröffentlicht.*", r"(?:melden sie sich an|bitte anmelden) um .{0,30}kommentieren.*", r"die kommentarfunktion .{0,80}",
    ),
    related=(
        r"(?:ähnliche|verwandte|weitere|mehr|passende|empfohlene|andere) (?:artikel|beiträge|themen|meldungen|nachrichten|inhalte|texte)(?: .{0,60})?", r"(?:das könnte (?:sie|dich|euch) (?:auch |ebenfalls )?(?:noch )?interessieren|auch interessant|lesen sie (?:auch|mehr|weiter|dazu)|mehr (?:zum thema|dazu|aus .{1,40}|von .{1,40})|zum thema|lesetipps?|siehe auch)(?: .{0,160})?", r"(?:meistgelesen|am meisten gelesen|meist gelesene? .{0,30}|beliebteste .{1,30}|top themen|neueste .{1,30}|unsere empfehlungen)", ),
    lines=(
        r"(?:vorheriger|nächster) (?:artikel|beitrag).{0,120}",
        r"(?:schlagwörter|stichwörter|schlagworte|themen|tags)(?: .{1,120})?",
        r"anzeige|werbung|gesponsert|(?:der )?artikel (?:wird )?(?:unterhalb|nach) .{2,40}", r"(?:weiterlesen|mehr lesen|jetzt lesen|zum (?:ganzen )?artikel|den (?:ganzen|vollständigen) artikel lesen)(?: .{0,120})?", r"(?:lesezeit|lesedauer)(?: ca| etwa)? \d{1,3} ?(?:min(?:uten?)?)|\d{1,3} min(?:uten?)? lesezeit", r"(?:foto|bild|quelle|bildquelle|fotocredit)s? .{1,60}", r"(?:abonnieren|jetzt abonnieren|newsletter abonnieren).{0,100}", r"(?:veröffentlicht|aktualisiert|stand|zuletzt aktualisiert)(?: am| um)? .{0,40}\d.{0,40}", r"artikel (?:anhören|vorlesen|drucken|teilen|merken)|nach oben|zur startseite|link kopieren",
    ),
    sentences=(
        r"(?:folgen sie|folge|folgt) uns (?:auf|bei) .{2,80}",
        r"(?:der )?beitrag .{1,300} erschien zuerst auf .{1,120}",
    ),
    shares=tuple("teilen teile artikel auf per drucken merken senden speichern mailen kopieren folgen weiterleiten gefällt mir diesen beitrag twittern whatsapp versenden".split()),
    bylines=(r"von", r"ein (?:bericht|kommentar|gastbeitrag|artikel) von", r"geschrieben von"),
    cookies=(r"(?:wir|diese (?:web)?seite|unsere (?:web)?seite|diese website|unsere website) (?:und unsere partner )?(?:verwenden|verwendet|nutzen|nutzt|setzen|benutzt).{0,60}cookies", r"(?:alle )?cookies (?:akzeptieren|ablehnen|verwalten|zulassen)", r"(?:cookie (?:richtlinie|einstellungen|hinweis)|cookieeinstellungen)"),
    about=(
        r"(?:bleiben sie|bleib) (?:informiert|auf dem laufenden|dran)", r"(?:unsere|unser|unserer|unserem) (?:plattform|redaktion|mission|team|website|angebot|leser|newsletter)", r"alle rechte vorbehalten", r"(?:abonnieren sie|jetzt abonnieren|melden sie sich an)", r"(?:folgen|kontaktieren|unterstützen|schreiben) sie uns", r"(?:täglich|rund um die uhr|tagesaktuell).{0,40}(?:nachrichten|news|berichte|informationen|informiert)", r"(?:liefert|bietet|berichtet|veröffentlicht|informiert) (?:ihnen )?(?:täglich|aktuelle|umfassende|über|die neuesten)", r"gegründet (?:im jahr )?\d{4}|seit (?:19|20)\d\d", r"(?:impressum|datenschutz|über uns)", r"ist (?:eine?|das|die|der) .{0,60}(?:nachrichtenportal|zeitung|nachrichtenseite|medium|nachrichtenagentur|onlinemagazin)",
    ),
    about_headings=(r"über (?:uns|den autor|die autorin|die autoren)", r"zur person", r"wer wir sind", r"kontakt", r"folgen sie uns.{0,40}", r"newsletter.{0,40}", r"impressum"),
)  # fmt: skip

SPANISH = Markers(
    comments=(
        r"(?:deja(?:r)?|escrib(?:e|ir|a)|agrega(?:r)?|añad(?:e|ir)|publica(?:r)?|haz) (?:un|una|tu|su) (?:comentario|respuesta|opinión)(?: cancelar .{0,30})?", r"(?:ver |leer |mostrar )?(?:todos )?(?:los )?(?:\d+ )?comentarios?(?: \d+)?", r"(?:sin|no hay|\d+) (?:comentarios?|respuestas?)(?: (?:aún|todavía|en|a) .{0,200})?", r"(?:únete a la conversación|participa en la conversación|comparte tu opinión|comenta(?: esta noticia)?|opina)", r"(?:tu|su) (?:dirección de )?(?:correo|email|e mail)(?: electrónico)? no será publicad[ao].*", r"tu comentario será publicado.*", r"los comentarios están cerrados.*", r"(?:inicia sesión|regístrate) para (?:comentar|opinar).*", ),
    related=(
        r"(?:artículos?|noticias?|notas?|temas?|contenidos?|entradas?|historias?|lecturas?) (?:relacionad[oa]s?|similares|recomendad[oa]s?|sugerid[oa]s?|destacad[oa]s?)", r"(?:te|le|también te|quizás te) (?:puede|podría|pueden|podrían|va a) (?:también )?(?:interesar|gustar).{0,40}", r"(?:lea|lee|leer|ver|vea|mira) (?:también|además|más)(?: .{0,160})?", r"(?:más|otras) (?:noticias|artículos|historias|información|sobre|de|en) ?.{0,60}", r"(?:lo más (?:leído|visto|popular|reciente|compartido)|las más leídas|últimas noticias|no te pierdas|tendencias)", ),
    lines=(
        r"(?:artículo|noticia|entrada) (?:anterior|siguiente).{0,120}",
        r"(?:etiquetas|temas|palabras clave|archivado en|tags)(?: .{1,120})?",
        r"publicidad|anuncio|patrocinado|(?:el )?artículo continúa (?:después|debajo) .{2,30}", r"(?:seguir|sigue|continuar|continúa) leyendo(?: .{0,120})?|leer (?:más|la nota completa|el artículo completo)(?: .{0,120})?", r"(?:tiempo de lectura )?(?:unos )?\d{1,3} ?min(?:utos?)?(?: de lectura)?|tiempo de lectura \d{1,3} ?min(?:utos?)?", r"(?:foto|imagen|crédito|fuente de la imagen|pie de foto)s? .{1,60}", r"(?:publicado|actualizado|última actualización|modificado)(?: el| a las)? .{0,40}\d.{0,40}", r"escuchar (?:este )?artículo|volver arriba|copiar (?:el )?enlace|ir al contenido",
    ),
    sentences=(
        r"(?:suscríbe(?:te|se)|regístrate|apúntate).{0,100}",
        r"(?:síguenos|síganos|encuéntranos|únete a nosotros) en .{2,80}",
        r"la entrada .{1,300} (?:se publicó|aparece) primero en .{1,120}",
        r"sé el primero en comentar.*",
    ),
    shares=tuple("compartir comparte compartelo compártelo esta noticia este artículo en por imprimir enviar guardar correo seguir copiar enlace me gusta twittear tuitear electrónico y".split()),
    bylines=(r"por", r"escrito por", r"redacción de", r"publicado por"),
    cookies=(r"(?:usamos|utilizamos|(?:este|nuestro) sitio(?: web)? (?:usa|utiliza)|nosotros y nuestros .{0,30}(?:usamos|utilizamos)|esta (?:página|web) (?:usa|utiliza)).{0,60}cookies", r"(?:aceptar|rechazar|gestionar|configurar) (?:todas )?(?:las )?cookies", r"(?:si continúa|al continuar|al seguir) .{1,80}cookies", r"política de cookies"),
    about=(
        r"(?:mantente|manténgase|estar?|esté) (?:informad[oa]|conectad[oa]|al (?:día|tanto))", r"(?:nuestra|nuestro|nuestros) (?:plataforma|misión|redacción|equipo|sitio|periodistas|reporteros|lectores|medio)", r"todos los derechos reservados", r"(?:suscríbe(?:te|se)|regístrate)", r"(?:síguenos|contáctanos|apóyanos|escríbenos)", r"(?:ofrece|brinda|publica|proporciona|informa) (?:diariamente |cada día )?(?:noticias|información|las últimas|actualizaciones|cobertura|sobre)", r"(?:noticias|información|actualizaciones) (?:diarias?|al instante|veraz|confiable|de última hora)", r"(?:fundad[oa]|cread[oa]) en \d{4}|desde (?:19|20)\d\d", r"(?:quiénes somos|aviso legal|sobre nosotros)", r"es (?:un|una|el|la) .{0,60}(?:medio de comunicación|periódico|diario|portal de noticias|agencia de noticias|sitio de noticias)",
    ),
    about_headings=(r"(?:acerca de|sobre) (?:nosotros|el autor|la autora|los autores|nuestro medio)", r"quiénes somos", r"nuestra misión", r"contacto|contáctanos", r"síguenos.{0,40}", r"(?:boletín|newsletter).{0,40}", r"suscríbete.{0,40}"),
)  # fmt: skip

PORTUGUESE = Markers(
    comments=(
        r"(?:deix(?:e|ar)|escrev(?:a|er)|adicion(?:e|ar)|publi(?:que|car)|faça) (?:um|uma|o seu|seu|sua) (?:comentário|resposta)(?: cancelar .{0,30})?", r"(?:ver |ler |mostrar )?(?:todos )?(?:os )?(?:\d+ )?comentários?(?: \d+)?", r"(?:nenhum|sem|\d+) (?:comentários?|respostas?)(?: .{0,200})?", r"(?:participe da conversa|dê sua opinião|comente(?: esta notícia)?|o que você acha|deixe sua opinião)", r"o seu (?:endereço de )?e ?mail não será publicado.*", r"seu comentário será publicado.*", r"os comentários estão (?:fechados|encerrados).*", r"(?:entre|faça login|inicie sessão) para comentar.*", r"seja o primeiro a comentar.*",
    ),
    related=(
        r"(?:artigos?|notícias?|matérias?|posts?|conteúdos?|leituras?|reportagens|histórias) (?:relacionad[oa]s?|semelhantes|recomendad[oa]s?|sugerid[oa]s?)", r"(?:você|pode|talvez) (?:também )?(?:pode|poderá|vai|goste|também).{0,40}(?:gostar|interessar|interesse|goste).{0,20}", r"(?:leia|ler|veja|ver|assista) (?:também|mais|ainda)(?: .{0,160})?", r"(?:mais (?:notícias|artigos|lidas|lidos|sobre|de|em)|outras notícias) ?.{0,60}", r"(?:as )?(?:mais (?:lidas|lidos|vistas|populares|recentes)|últimas notícias|destaques|não perca|em alta)", ),
    lines=(
        r"(?:artigo|notícia|post) (?:anterior|seguinte).{0,120}|(?:próximo|próxima) (?:artigo|notícia|post).{0,120}",
        r"(?:etiquetas|tópicos|palavras chave|assuntos|tags)(?: .{1,120})?",
        r"publicidade|anúncio|patrocinado|continua (?:após|depois d)a publicidade", r"(?:continuar?|continue) (?:a )?(?:lendo|lendo|ler|leitura)(?: .{0,120})?|(?:ler|leia) (?:mais|a matéria completa|o artigo completo)(?: .{0,120})?", r"(?:tempo de leitura )?\d{1,3} ?min(?:utos?)?(?: de leitura)?|tempo de leitura \d{1,3} ?min(?:utos?)?", r"(?:foto|imagem|crédito|legenda|fonte da imagem)s? .{1,60}", r"(?:publicado|atualizado|última atualização|modificado)(?: em| às)? .{0,40}\d.{0,40}", r"ouvir (?:este )?artigo|voltar ao topo|copiar link|ir para o conteúdo",
    ),
    sentences=(
        r"(?:inscreva se|assine|subscreva|cadastre se).{0,100}",
        r"(?:siga nos|siga a gente|acompanhe nos|curta nossa página) (?:no|na|em).{2,80}",
        r"(?:o post|a publicação) .{1,300} apareceu primeiro em .{1,120}",
    ),
    shares=tuple("compartilhar compartilhe partilhar partilhe esta notícia este artigo no na em por imprimir enviar salvar guardar e mail seguir copiar link curtir tweetar gosto".split()),
    bylines=(r"por", r"escrito por", r"publicado por", r"texto de", r"da redação"),
    cookies=(r"(?:usamos|utilizamos|(?:este|nosso) site (?:usa|utiliza)|nós e (?:os )?nossos parceiros .{0,30}).{0,60}cookies", r"(?:aceitar|rejeitar|gerenciar|gerir) (?:todos )?(?:os )?cookies", r"ao (?:continuar|navegar|clicar) .{1,80}cookies", r"política de cookies"),
    about=(
        r"(?:mantenha se|fique) (?:informad[oa]|conectad[oa]|por dentro|atualizad[oa])", r"(?:nossa|nosso|nossos) (?:plataforma|missão|redação|equipe|equipa|site|jornalistas|repórteres|leitores)", r"todos os direitos reservados", r"(?:inscreva se|assine|subscreva|cadastre se)", r"(?:siga nos|contacte nos|fale conosco|apoie nos)", r"(?:oferece|traz|publica|fornece|leva) (?:diariamente |a você )?(?:notícias|informações|as últimas|atualizações|cobertura)", r"(?:notícias|informações|atualizações) (?:diárias|em tempo real|confiáveis|de última hora)", r"(?:fundad[oa]|criad[oa]) em \d{4}|desde (?:19|20)\d\d", r"(?:quem somos|aviso legal|sobre nós)", r"é (?:um|uma|o|a) .{0,60}(?:portal de notícias|jornal|veículo de comunicação|agência de notícias|site de notícias)",
    ),
    about_headings=(r"sobre (?:nós|o autor|a autora|os autores)", r"quem somos", r"nossa missão", r"contato|contacto|fale conosco", r"siga nos.{0,40}", r"newsletter.{0,40}", r"assine.{0,40}"),
)  # fmt: skip

SWAHILI = Markers(
    comments=(
        r"(?:andika|acha|toa|weka|ongeza) (?:maoni|jibu|maoni yako|jibu lako)(?: .{0,30})?", r"(?:soma |tazama |ona )?maoni(?: \d+| yote| ya wasomaji| yako)?", r"(?:hakuna|\d+) maoni(?: .{0,60})?", r"(?:jiunge na mjadala|una maoni gani|toa maoni yako hapa)", r"barua pepe yako haitachapishwa.*", r"maoni yako yatachapishwa.*", r"maoni yamefungwa.*", r"(?:ingia|jisajili) ili (?:kutoa maoni|kuchangia).*", r"kuwa wa kwanza kutoa maoni.*",
    ),
    related=(
        r"(?:habari|makala|taarifa|mada|hadithi) (?:zinazohusiana|zinazofanana|nyingine|zaidi|zinazohusika|zinazosomwa zaidi|maarufu|mpya|za hivi karibuni)", r"(?:soma|tazama|angalia) (?:pia|zaidi|hii pia)(?: .{0,160})?", r"unaweza pia (?:kupenda|kusoma).{0,60}", r"(?:zilizosomwa zaidi|zinazovuma|zinazopendwa|habari kuu)", ),
    lines=(
        r"(?:makala|habari) (?:iliyotangulia|inayofuata).{0,120}",
        r"(?:mada|lebo)(?: .{1,120})?",
        r"(?:tangazo|matangazo|imedhaminiwa)(?: .{0,40})?", r"(?:endelea kusoma|soma zaidi|soma habari kamili|soma makala kamili)(?: .{0,120})?", r"(?:dakika \d{1,3}(?: za kusoma)?|muda wa kusoma .{1,20})", r"(?:picha|chanzo cha picha|maelezo ya picha)(?: .{1,60})?", r"(?:imechapishwa|ilichapishwa|imesasishwa|imehaririwa)(?: mnamo| saa)? .{0,40}\d.{0,40}", r"sikiliza (?:makala|habari) hii|rudi juu|nakili kiungo",
    ),
    sentences=(
        r"(?:tufuate|tufuatilie|ungana nasi) (?:kwenye|katika|kupitia) .{2,80}",
        r"(?:jiandikishe|jisajili|jiunge).{0,100}",
    ),
    shares=tuple("shiriki sambaza tuma chapisha hifadhi penda fuata nakili kiungo habari hii makala kwenye kwa barua pepe na mtandao".split()),
    bylines=(r"na", r"imeandikwa na", r"mwandishi", r"na mwandishi(?: wetu)?"),
    cookies=(r"(?:tunatumia|tovuti hii inatumia|tovuti yetu inatumia).{0,60}(?:cookies|vidakuzi|kuki)", r"(?:kubali|kataa) (?:cookies|vidakuzi|kuki)(?: zote| vyote)?", r"sera ya (?:cookies|vidakuzi|kuki)"),
    about=(
        r"(?:endelea|baki) (?:kufuatilia|kupata habari|kuwa nasi)", r"(?:jukwaa|tovuti|dhamira|timu|waandishi|wasomaji) (?:letu|yetu|wetu)", r"haki zote zimehifadhiwa", r"(?:jiandikishe|jisajili|jiunge nasi)", r"(?:tufuate|wasiliana nasi|tuunge mkono|ungana nasi)", r"(?:inatoa|hutoa|inakuletea|hukuletea|huchapisha) (?:habari|taarifa)", r"habari (?:za kila siku|za kuaminika|mpya|za uhakika|motomoto|zilizothibitishwa)", r"(?:ilianzishwa|tangu) (?:mwaka )?(?:19|20)\d\d", r"kuhusu sisi", r"ni (?:gazeti|tovuti|jukwaa|shirika|chombo) (?:la|ya|cha) .{0,30}habari",
    ),
    about_headings=(r"kuhusu (?:sisi|mwandishi|tovuti hii)", r"sisi ni nani", r"dhamira yetu", r"wasiliana nasi", r"tufuate.{0,40}", r"jarida.{0,40}"),
)  # fmt: skip

ARABIC = Markers(
    comments=(
        r"(?:اترك|أضف|اكتب|أكتب|اضف|شارك) (?:تعليق(?:ا|ك|اً|ًا)?|رد(?:ا|ك|اً|ًا)?|رأيك)(?: .{0,30})?", r"(?:عرض |قراءة )?(?:جميع )?(?:ال)?تعليقات(?: \d+)?", r"(?:لا توجد|لا يوجد|\d+) تعليق(?:ات)?(?: .{0,60})?", r"(?:شارك برأيك|ما رأيك|انضم إلى النقاش)", r"لن يتم نشر (?:عنوان )?بريدك.*", r"سيتم نشر تعليقك.*", r"التعليقات مغلقة.*", r"(?:سجل الدخول|سجّل الدخول) (?:للتعليق|لإضافة تعليق).*", r"كن أول من يعلق.*",
    ),
    related=(
        r"(?:مقالات|أخبار|مواضيع|موضوعات|مواد|قصص|اخبار) (?:ذات صلة|مشابهة|متعلقة|مرتبطة|مقترحة|أخرى|اخرى)(?: .{0,60})?", r"(?:اقرأ|إقرأ|اقرا|شاهد|طالع|تابع) (?:أيضا|أيضاً|أيضًا|ايضا|المزيد)(?: .{0,160})?", r"(?:قد يعجبك|قد يهمك|ربما يعجبك)(?: .{0,40})?", r"(?:الأكثر (?:قراءة|مشاهدة|شعبية|تداولا)|أحدث الأخبار|آخر الأخبار|اخر الاخبار|المزيد من .{1,60})", ),
    lines=(
        r"(?:المقال|الخبر|المقالة) (?:السابق|التالي|السابقة|التالية).{0,120}",
        r"(?:كلمات مفتاحية|الكلمات المفتاحية|وسوم|الوسوم)(?: .{1,120})?",
        r"إعلان|اعلان|إعلانات|مادة إعلانية|محتوى مدفوع", r"(?:تابع القراءة|أكمل القراءة|اقرأ المزيد|قراءة المزيد|المزيد)(?: .{0,120})?", r"(?:مدة|وقت|زمن) القراءة .{1,20}|\d{1,3} (?:دقيقة|دقائق)(?: قراءة)?", r"(?:صورة|مصدر الصورة|التعليق على الصورة|تصوير) .{1,60}", r"(?:نشر|نُشر|تم النشر|تاريخ النشر|آخر تحديث|تم التحديث)(?: في)? .{0,40}\d.{0,40}", r"استمع إلى المقال|العودة إلى الأعلى|نسخ الرابط",
    ),
    sentences=(
        r"(?:تابعنا|تابعونا) على .{2,80}",
        r"(?:اشترك|سجل|سجّل) (?:في|الآن|معنا|لتصلك).{0,100}",
    ),
    shares=tuple("شارك مشاركة شاركها المقال الخبر هذا على عبر فيسبوك فيس بوك تويتر واتساب واتس اب تيليجرام تلغرام لينكد إن طباعة إرسال حفظ البريد الإلكتروني نسخ الرابط إكس ماسنجر بينتيريست".split()),
    bylines=(r"بقلم", r"كتب", r"كتبت", r"إعداد", r"تقرير", r"الكاتب"),
    cookies=(r"(?:نستخدم|يستخدم (?:هذا )?(?:الموقع|موقعنا)).{0,60}(?:ملفات تعريف الارتباط|الكوكيز|كوكيز)", r"(?:قبول|رفض|إدارة) (?:جميع )?(?:ملفات تعريف الارتباط|الكوكيز)", r"سياسة (?:ملفات تعريف الارتباط|الكوكيز)"),
    about=(
        r"(?:ابق|ابقوا|كن) (?:على اطلاع|على تواصل|مطلعا)", r"(?:منصتنا|رسالتنا|فريقنا|موقعنا|صحفيينا|مراسلينا|قرائنا|قراءنا)", r"(?:جميع|كل|كافة) الحقوق محفوظة", r"(?:اشترك|سجل|سجّل) (?:في|الآن|معنا)", r"(?:تابعنا|تابعونا|اتصل بنا|تواصل معنا|ادعمنا)", r"(?:يقدم|تقدم|ينشر|تنشر|يوفر|توفر) .{0,30}(?:الأخبار|أخبار|الأخبار اليومية|آخر الأخبار|تقارير)", r"(?:أخبار|الأخبار|تغطية) (?:يومية|اليومية|عاجلة|العاجلة|موثوقة|شاملة)", r"(?:تأسس|تأسست|منذ)(?: في)?(?: عام)? (?:19|20)\d\d", r"من نحن|عن الموقع", r"(?:هي|هو) .{0,60}(?:صحيفة|موقع إخباري|وكالة أنباء|منصة إخبارية)",
    ),
    about_headings=(r"من نحن", r"عن (?:الموقع|الكاتب|الكاتبة|المؤلف)", r"رسالتنا", r"اتصل بنا|تواصل معنا", r"تابعنا.{0,40}", r"النشرة (?:البريدية|الإخبارية).{0,40}"),
)  # fmt: skip

BY_LANGUAGE: Mapping[str, Markers] = MappingProxyType(
    {
        "en": ENGLISH,
        "fr": FRENCH,
        "de": GERMAN,
        "es": SPANISH,
        "pt": PORTUGUESE,
        "sw": SWAHILI,
        "ar": ARABIC,
    }
)
