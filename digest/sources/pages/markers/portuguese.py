"""What Portuguese pages say around an article."""

from __future__ import annotations

from digest.sources.pages.markers.kinds import Markers, phrases
from digest.sources.text.blocks import words

PORTUGUESE = Markers(
    comments=phrases(
        r"""
        deix(?:e|ar) (?:um|uma|o seu|seu|sua) (?:comentário|resposta)(?: cancelar .{0,30})?
        escrev(?:a|er) (?:um|uma|o seu|seu|sua) (?:comentário|resposta)(?: cancelar .{0,30})?
        adicion(?:e|ar) (?:um|uma|o seu|seu|sua) (?:comentário|resposta)(?: cancelar .{0,30})?
        (?:publi(?:que|car)|faça) (?:um|uma|o seu|seu|sua) (?:comentário|resposta)(?: cancelar .{0,30})?
        (?:ver |ler |mostrar )?(?:todos )?(?:os )?(?:\d+ )?comentários?(?: \d+)?
        (?:nenhum|sem|\d+) (?:comentários?|respostas?)(?: .{0,200})?
        (?:participe da conversa|dê sua opinião|comente(?: esta notícia)?|o que você acha|deixe sua opinião)
        o seu (?:endereço de )?e ?mail não será publicado.*
        seu comentário será publicado.*
        os comentários estão (?:fechados|encerrados).*
        (?:entre|faça login|inicie sessão) para comentar.*
        seja o primeiro a comentar.*
        """
    ),
    related=phrases(
        r"""
        (?:artigos?|notícias?|matérias?|posts?|conteúdos?) (?:relacionad[oa]s?|semelhantes|recomendad[oa]s?)
        (?:artigos?|notícias?|matérias?|posts?|conteúdos?) sugerid[oa]s?
        (?:leituras?|reportagens|histórias) (?:relacionad[oa]s?|semelhantes|recomendad[oa]s?|sugerid[oa]s?)
        (?:você|pode|talvez) (?:também )?(?:pode|poderá|vai|goste|também).{0,40}(?:gostar|interessar).{0,20}
        (?:você|pode|talvez) (?:também )?(?:pode|poderá|vai|goste|também).{0,40}(?:interesse|goste).{0,20}
        (?:leia|ler|veja|ver|assista) (?:também|mais|ainda)(?: .{0,160})?
        (?:mais (?:notícias|artigos|lidas|lidos|sobre|de|em)|outras notícias) ?.{0,60}
        (?:as )?mais (?:lidas|lidos|vistas|populares|recentes)
        (?:as )?(?:últimas notícias|destaques|não perca|em alta)
        """
    ),
    lines=phrases(
        r"""
        (?:artigo|notícia|post) (?:anterior|seguinte).{0,120}
        (?:próximo|próxima) (?:artigo|notícia|post).{0,120}
        (?:etiquetas|tópicos|palavras chave|assuntos|tags)(?: .{1,120})?
        publicidade|anúncio|patrocinado|continua (?:após|depois d)a publicidade
        (?:continuar?|continue) (?:a )?(?:lendo|lendo|ler|leitura)(?: .{0,120})?
        (?:ler|leia) (?:mais|a matéria completa|o artigo completo)(?: .{0,120})?
        (?:tempo de leitura )?\d{1,3} ?min(?:utos?)?(?: de leitura)?|tempo de leitura \d{1,3} ?min(?:utos?)?
        (?:foto|imagem|crédito|legenda|fonte da imagem)s? .{1,60}
        (?:publicado|atualizado|última atualização|modificado)(?: em| às)? .{0,40}\d.{0,40}
        ouvir (?:este )?artigo|voltar ao topo|copiar link|ir para o conteúdo
        """
    ),
    sentences=phrases(
        r"""
        (?:inscreva se|assine|subscreva|cadastre se).{0,100}
        (?:siga nos|siga a gente|acompanhe nos|curta nossa página) (?:no|na|em).{2,80}
        (?:o post|a publicação) .{1,300} apareceu primeiro em .{1,120}
        """
    ),
    shares=words(
        """
        compartilhar compartilhe partilhar partilhe esta notícia este artigo no na em por imprimir
        enviar salvar guardar e mail seguir copiar link curtir tweetar gosto
        """
    ),
    bylines=phrases(
        r"""
        por
        escrito por
        publicado por
        texto de
        da redação
        """
    ),
    cookies=phrases(
        r"""
        (?:usamos|utilizamos|(?:este|nosso) site (?:usa|utiliza)).{0,60}cookies
        nós e (?:os )?nossos parceiros .{0,30}.{0,60}cookies
        (?:aceitar|rejeitar|gerenciar|gerir) (?:todos )?(?:os )?cookies
        ao (?:continuar|navegar|clicar) .{1,80}cookies
        política de cookies
        """
    ),
    about=phrases(
        r"""
        ^(?:mantenha se|fique) (?:informad[oa]|conectad[oa]|por dentro|atualizad[oa])
        (?:nossa|nosso|nossos) (?:plataforma|missão|redação|equipe|equipa)
        (?:nossa|nosso|nossos) (?:site|jornalistas|repórteres|leitores)
        todos os direitos reservados
        ^(?:inscreva se|assine|subscreva|cadastre se)
        (?:siga nos|contacte nos|fale conosco|apoie nos)
        quem somos|sobre nós
        """
    ),
    about_traits=phrases(
        r"""
        (?:oferece|traz|publica|fornece|leva) (?:diariamente |a você )?(?:notícias|informações|as últimas)
        (?:oferece|traz|publica|fornece|leva) (?:diariamente |a você )?(?:atualizações|cobertura)
        (?:notícias|informações|atualizações) (?:diárias|em tempo real|confiáveis|de última hora)
        (?:mantenha se|fique) (?:informad[oa]|conectad[oa]|por dentro|atualizad[oa])
        (?:inscreva se|cadastre se)
        aviso legal
        """
    ),
    about_facts=phrases(
        r"""
        (?:fundad[oa]|criad[oa]) em \d{4}|desde (?:19|20)\d\d
        é (?:um|uma|o|a) .{0,60}(?:portal de notícias|jornal|veículo de comunicação)
        é (?:um|uma|o|a) .{0,60}(?:agência de notícias|site de notícias)
        """
    ),
    about_headings=phrases(
        r"""
        sobre (?:nós|o autor|a autora|os autores)
        quem somos
        nossa missão
        contato|contacto|fale conosco
        siga nos.{0,40}
        newsletter.{0,40}
        assine.{0,40}
        """
    ),
)
