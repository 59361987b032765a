"""Words of titles whose stories are about walls: cookies, paywalls, logins, robots, errors."""

# ruff: noqa: E501  # one line for a subject or two

from __future__ import annotations

import re

from digest.sources.pages.markers.kinds import phrases
from digest.sources.text.blocks import sameness_key

_STEMS = """
    cookie|kuki|çerez|eväste|sütik|galletas digitales|informasjonskaps|informationskaps|consent|einwilligung
    consentement|consentimiento|consentimento|consenso|toestemming|samtyck|gdpr|dsgvo|rgpd|lgpd|eprivacy
    privacy|datenschutz|confidentialité|privacidad|privacidade|integritet|prywatnoś|tracking|tracker|traceur
    paywall|bezahlschranke|mur payant|muro de pago|subscri|abonn|abbon|suscri|assinat|assinant|prenumer
    předplat|predplat|előfizet|tilaaja|tilauks|abone|pelanggan|langganan|подпис|передплат|συνδρομ
    captcha|robot|roboter|bots?|chatbot|humans?|javascript|browser|navigateur|navegador|ddos|cloudflare|akamai
    datadome|imperva|recaptcha|firewall|log ?ins?|sign in|accounts?|passwords?|passwor[td]|mot de passe
    contraseña|senhas?|anmeld|konto|konten|comptes?|cuentas?|contas?|hasł|парол
    404|not found|error|outage|störung|panne|wartung|maintenance|mantenimiento|manutenção|manutenzione|onderhoud
    ad ?block|werbeblocker|geo ?block|age (?:check|limit|verification)|over 18|alterskontrolle|région|blocked
    кук|файлов cookie
"""
_WIDE = (
    "クッキー|同意|会員|有料|購読|ログイン|パスワード|ロボット|プライバシー|ブラウザ|订阅|訂閱|付费|付費|登录|登入"
    "|隐私|隱私|机器人|機器人|验证|驗證|쿠키|구독|유료|로그인|로봇|개인정보|كوكيز|ملفات تعريف|اشتراك|الخصوصية"
    "|תשלום|מנוי|עוגיות|कुकी|सदस्यता|คุกกี้|สมาชิก"
)
_SUBJECTS = re.compile(rf"(?<!\w)(?:{'|'.join(phrases(_STEMS))})|{_WIDE}")


def is_about_walls(title: str) -> bool:
    """Tell whether a source's own title has a word of what stands in articles' places."""
    return bool(_SUBJECTS.search(sameness_key(title)))
