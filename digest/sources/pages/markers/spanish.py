"""What Spanish pages say around an article."""

from __future__ import annotations

from digest.sources.pages.markers.kinds import Markers, phrases
from digest.sources.text.blocks import words

SPANISH = Markers(
    comments=phrases(
        r"""
        (?:deja(?:r)?|escrib(?:e|ir|a)) (?:un|una|tu|su) (?:comentario|respuesta)(?: cancelar .{0,30})?
        (?:deja(?:r)?|escrib(?:e|ir|a)) (?:un|una|tu|su) opinión(?: cancelar .{0,30})?
        agrega(?:r)? (?:un|una|tu|su) (?:comentario|respuesta|opinión)(?: cancelar .{0,30})?
        (?:añad(?:e|ir)|publica(?:r)?) (?:un|una|tu|su) (?:comentario|respuesta)(?: cancelar .{0,30})?
        (?:añad(?:e|ir)|publica(?:r)?) (?:un|una|tu|su) opinión(?: cancelar .{0,30})?
        haz (?:un|una|tu|su) (?:comentario|respuesta|opinión)(?: cancelar .{0,30})?
        (?:ver |leer |mostrar )?(?:todos )?(?:los )?(?:\d+ )?comentarios?(?: \d+)?
        (?:sin|no hay|\d+) (?:comentarios?|respuestas?)(?: (?:aún|todavía|en|a) .{0,200})?
        (?:únete a la conversación|participa en la conversación)
        (?:comparte tu opinión|comenta(?: esta noticia)?|opina)
        (?:tu|su) (?:dirección de )?(?:correo|email|e mail)(?: electrónico)? no será publicad[ao].*
        tu comentario será publicado.*
        los comentarios están cerrados.*
        (?:inicia sesión|regístrate) para (?:comentar|opinar).*
        """
    ),
    related=phrases(
        r"""
        (?:artículos?|noticias?|notas?|temas?|contenidos?) (?:relacionad[oa]s?|similares|recomendad[oa]s?)
        (?:artículos?|noticias?|notas?|temas?|contenidos?) (?:sugerid[oa]s?|destacad[oa]s?)
        (?:entradas?|historias?|lecturas?) (?:relacionad[oa]s?|similares|recomendad[oa]s?)
        (?:entradas?|historias?|lecturas?) (?:sugerid[oa]s?|destacad[oa]s?)
        (?:te|le|también te|quizás te) (?:puede|podría|pueden) (?:también )?(?:interesar|gustar).{0,40}
        (?:te|le|también te|quizás te) (?:podrían|va a) (?:también )?(?:interesar|gustar).{0,40}
        (?:lea|lee|leer|ver|vea|mira) (?:también|además|más)(?: .{0,160})?
        (?:más|otras) (?:noticias|artículos|historias|información|sobre|de|en) ?.{0,60}
        (?:lo más (?:leído|visto|popular|reciente|compartido)|las más leídas)
        (?:últimas noticias|no te pierdas|tendencias)
        """
    ),
    lines=phrases(
        r"""
        (?:artículo|noticia|entrada) (?:anterior|siguiente).{0,120}
        (?:etiquetas|temas|palabras clave|archivado en|tags)(?: .{1,120})?
        publicidad|anuncio|patrocinado|(?:el )?artículo continúa (?:después|debajo) .{2,30}
        (?:seguir|sigue|continuar|continúa) leyendo(?: .{0,120})?
        leer (?:más|la nota completa|el artículo completo)(?: .{0,120})?
        (?:tiempo de lectura )?(?:unos )?\d{1,3} ?min(?:utos?)?(?: de lectura)?
        tiempo de lectura \d{1,3} ?min(?:utos?)?
        (?:foto|imagen|crédito|fuente de la imagen|pie de foto)s? .{1,60}
        (?:publicado|actualizado|última actualización|modificado)(?: el| a las)? .{0,40}\d.{0,40}
        escuchar (?:este )?artículo|volver arriba|copiar (?:el )?enlace|ir al contenido
        """
    ),
    sentences=phrases(
        r"""
        (?:suscríbe(?:te|se)|regístrate|apúntate).{0,100}
        (?:síguenos|síganos|encuéntranos|únete a nosotros) en .{2,80}
        la entrada .{1,300} (?:se publicó|aparece) primero en .{1,120}
        sé el primero en comentar.*
        """
    ),
    shares=words(
        """
        compartir comparte compartelo compártelo esta noticia este artículo en por imprimir enviar
        guardar correo seguir copiar enlace me gusta twittear tuitear electrónico y
        """
    ),
    bylines=phrases(
        r"""
        por
        escrito por
        redacción de
        publicado por
        """
    ),
    cookies=phrases(
        r"""
        (?:usamos|utilizamos|(?:este|nuestro) sitio(?: web)? (?:usa|utiliza)).{0,60}cookies
        nosotros y nuestros .{0,30}(?:usamos|utilizamos).{0,60}cookies
        esta (?:página|web) (?:usa|utiliza).{0,60}cookies
        (?:aceptar|rechazar|gestionar|configurar) (?:todas )?(?:las )?cookies
        (?:si continúa|al continuar|al seguir) .{1,80}cookies
        política de cookies
        """
    ),
    about=phrases(
        r"""
        ^(?:mantente|manténgase|esté) (?:informad[oa]|conectad[oa]|al (?:día|tanto))
        (?:nuestra|nuestro|nuestros) (?:plataforma|misión|redacción|equipo|sitio)
        (?:nuestra|nuestro|nuestros) (?:periodistas|reporteros|lectores|medio)
        todos los derechos reservados
        ^(?:suscríbe(?:te|se)|regístrate)
        (?:síguenos|contáctanos|apóyanos|escríbenos)
        quiénes somos|sobre nosotros
        """
    ),
    about_traits=phrases(
        r"""
        (?:ofrece|brinda|publica) (?:diariamente |cada día )?(?:noticias|información|las últimas)
        (?:proporciona|informa) (?:diariamente |cada día )?(?:noticias|información|las últimas)
        (?:ofrece|brinda|publica) (?:diariamente |cada día )?(?:actualizaciones|cobertura|sobre)
        (?:proporciona|informa) (?:diariamente |cada día )?(?:actualizaciones|cobertura|sobre)
        (?:noticias|información|actualizaciones) (?:diarias?|al instante|veraz|confiable|de última hora)
        (?:mantente|manténgase|estar?|esté) (?:informad[oa]|conectad[oa]|al (?:día|tanto))
        aviso legal
        """
    ),
    about_facts=phrases(
        r"""
        (?:fundad[oa]|cread[oa]) en \d{4}|desde (?:19|20)\d\d
        es (?:un|una|el|la) .{0,60}(?:medio de comunicación|periódico|diario|portal de noticias)
        es (?:un|una|el|la) .{0,60}(?:agencia de noticias|sitio de noticias)
        """
    ),
    about_headings=phrases(
        r"""
        (?:acerca de|sobre) (?:nosotros|el autor|la autora|los autores|nuestro medio)
        quiénes somos
        nuestra misión
        contacto|contáctanos
        síguenos.{0,40}
        (?:boletín|newsletter).{0,40}
        suscríbete.{0,40}
        """
    ),
)
