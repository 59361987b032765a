"""Names of columns in exports: those that may say who wants no mail, and those that say nothing of it."""

from __future__ import annotations

MAY_MEAN_NO = {
    "en": "Unsub|UNSUBSCRIBED_ON|opt.out|Opt-Out Date|OptOutDate|isOptedOut|Bounce type|Hard bounces"
    "|Blocked by|Black list|blacklist_reason|Suppression|suppressed?|Their Status|emailStatus"
    "|Consent given|marketing_consent|Confirmed|Double opt-in|Complaint|Abuse complaint date|Permission"
    "|Deliverability|email deliverable? undeliverable|Spam report|Removed|removed_at"
    "|Cleaned|Inactive|Deactivated|Do not mail|donotemail|Quarantine|Newsletter|Accepts e-mail"
    "|Do not send?|Mailing allowed|Wants mail|dead|valid|Receives news|contactable"
    "|GDPR|Un\u200bsubscribed|Ｕnsubscribed"
    "|No mail|no_email|Stop|mail_ok|may_mail|can email|left|quit|gone|lapsed|churned|unwanted"
    "|enabled|resigned|Rejected|DND|Can be contacted|Contact me?|Keep informed|Email preference"
    "|Communication preference"
    "|Muted|Paused|On hold|Opted|Lifecycle|noemail|Deceased|Died",
    "de": "Abmeldung|Abmeldedatum|abgemeldet_am|Ausgetragen|Widerruf|Widerspruch|Rückläufer|unzustellbar"
    "|Gesperrt|Sperrliste|Newsletterstatus|Zustand|Einwilligung|Zustimmung|Bestätigt|Beschwerde"
    "|Zustellbarkeit|Gelöscht|Inaktiv|Blockiert|Nicht anschreiben|Keine E-Mails"
    "|Aktiv|Gültig|Ungültig|Mailverbot|Werbeverbot|Darf Mail|Erlaubt|Ausgeschieden|Abo"
    "|Austritt|Zugestellt|Kontakt erwünscht",
    "fr": "Désabonnement|DATE DE DÉSINSCRIPTION|desinscrit le|Résilié|Opposition|Rebond|Rejeté|Bloqué"
    "|Liste noire|Blocklisté|Statut|État|Consentement|Autorisation|Confirmé(e)|Plainte|Indésirable"
    "|Délivrabilité|Supprimé|Inactif depuis (désactivé)"
    "|Actif|Ne pas contacter|Accord|Ne plus contacter|NPAI",
    "es": "Fecha de baja|Cancelado|Desuscrito|Rebotado|Bloqueado|Lista negra|Suprimido|Excluido|Estatus"
    "|Consentimiento|Permiso|Confirmación|Queja|Denuncia|Entregabilidad|Eliminado|Inactivo"
    "|Activo|Acepta correo|Sin correo|No molestar|No desea recibir|Rechazado",
    "pt": "Descadastrado|Data de cancelamento|Não inscrito|Devolvido|Rejeitado|Bloqueado|Lista negra"
    "|Situação|Consentimento|Permissão|Confirmado|Reclamação|Denúncia|Entregabilidade|Removido|Inativo"
    "|Ativo|Aceita emails|Recusou|Saiu da lista",
    "sw": "Amejiondoa|Tarehe ya kujiondoa|Imerudishwa|Amezuiwa|Hali|Ridhaa|Idhini|Ruhusa|Haijathibitishwa"
    "|Malalamiko|Barua taka|Ufikishaji"
    "|Marufuku|Orodha nyeusi|Usitume|Amekataa|Hataki barua|Amefutwa|Amesajiliwa",
    "ar": "إلغاء الاشتراك|تاريخ إلغاء الاشتراك|غير مشترك|مرتد|محظور|القائمة السوداء|الحالة|الموافقة|إذن"
    "|مؤكد|شكوى|بريد مزعج|قابلية التسليم"
    "|نشط|لا ترسل",
    "it": "Disiscritto|Data di disiscrizione|Cancellato|Revoca|Respinto|Bloccato|Stato|Consenso|Confermato"
    "|Reclamo|Recapitabilità|Rimosso"
    "|Attivo|Permesso|Non contattare|Rifiutato",
    "nl": "Afgemeld|Afmelddatum|Uitgeschreven|Opgezegd|Onbestelbaar|Geblokkeerd|Zwarte lijst|Toestemming"
    "|Bevestigd|Klacht|Afleverbaarheid|Verwijderd"
    "|Actief|Ongeldig|Geweigerd",
    "pl": "Wypisany|Data wypisania|Odbity|Zablokowany|Czarna lista|Skarga|Zgoda|Potwierdzony|Nie wysyłać"
    "|Dostarczalność|Rezygnacja|Aktywny",
    "ru": "Отписан|Дата отписки|Заблокирован|Чёрный список|Жалоба|Согласие|Подтверждён|Статус|Отказ"
    "|Доставляемость|Не отправлять",
    "tr": "Abonelik iptali|Onay|İzin|Engellendi|Şikayet|Durum",
    "sv, da, no": "Avregistrerad|Avprenumererad|Samtycke|Spärrad|Bekräftad|Afmeldt|Samtykke"
    "|Blokeret|Avmeldt|Aktiv",
    "zh": "退订|退订时间|拉黑|黑名单|投诉|同意|已确认|状态|退信|不发送",
    "ja": "配信停止|退会|同意|状態|拒否|メール配信|受信",
    "ko": "수신거부|수신 동의|구독취소|해지|차단|상태",
    "cs, hu, ro, fi": "Odhlášen|Souhlas|Leiratkozott|Dezabonat|Peruutettu",
    "uk, id": "Відписано|Berhenti langganan",
}
HARMLESS = (
    "Company|City|Country|Phone|Street|Postcode|Birthday|Notes|Job title|Website|Gender|Interests|id|Plan"
    "|MEMBER_RATING|LAST_CHANGED|Firma|PLZ|Ort|Straße|Anrede|Ville|Entreprise|Pays|Ciudad|Empresa|Provincia"
    "|Cidade|Data de nascimento|Jiji|Simu|Jina|المدينة|البلد|Città|Azienda|Woonplaats|Bedrijf"
    "|Last activity|Activité|Actividad|Mailing address|About|Teléfono|Leftover"
    "|Subscriber ID|Subscription IP|Newsletter ID|SMS opt-out|WhatsApp status|Delivery address"
    "|Deadline|Имя|Город|Телефон|姓名|城市|氏名|住所|Imię|Miasto|Şehir|Förnamn|Stad"
)
