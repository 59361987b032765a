"""Short forms of the world's newspapers end no sentence, in scripts without capitals either."""

from __future__ import annotations

import pytest

from digest.summaries.language.sentences import split

SENTENCES = """
1 en: He said on Monday that P/Supt. Juan Ramos, SPO2. Ben Lim and WO1. Sam Petrus would lead it.
2 en: Profits rose in Q2. Poole Ferries hired forty sailors.
1 en: The flood wall protects Brgy. San Roque and Sitio Lower Bato from the river.
1 en: He said that Arch. Bola Ige would chair the panel of Engr. Musa Bello and Chief Mrs. Ada Obi.
1 en: Dato' Seri Ir. Dr. Tan Kok met Hon. Justice Retd. K. Rao near Jl. Merdeka No. 5.
1 en: The fine of Rs. 5,000 or P. 200 was paid to Hon'ble Mr. Justice A. B. Shah by Sh. Ram Lal.
1 en: Prof. Em. Jane Ndlovu and Maj.-Gen. (Rtd.) Otieno spoke with Fr. Paul Sr. Mary and Bro. Li.
1 en: Snr. Sgt. Kofi Mensah of St. Ann's Bay arrested Msgr. O'Neil at Mt. Meru on Thurs. night.
1 en: Police Supt. V. K. Nair, Addl. Dy. S.P. Rao and Const. Ali left for Pt. Louis via Ft. Jesus.
1 en: The Ven. Dr. Abp. Ndukuba met Ptr. Cruz, Atty. Santos, Cllr. Smith and Sec. Gen. Guterres.
1 en: Nana Dr. S.K.B. Asante paid GH¢5 million, US$. 3 million and Le. 40 to Alh. Dr. Bawa.
3 en: The vote was won by Sen. Cruz. The mayor left. Nothing else was said.
3 en: They met at 5 p.m. Rain fell. The cup went to Kano Pillars F.C. Fans cheered.
3 en: The prize went to Martin Luther King Jr. The crowd stood. It rained.
1 en: Police said DCP. Ann Lee, ASP. Josephine Adeh and Hajia. Aisha Buhari left.
1 fr: L’art. 5 et le chap. 3 restent, a dit la mairie.
1 pt: O Des. João Silva, a Dep. Ana Reis e o inc. III da lei ficam.
1 af: Raadsl. Jan Botha het Maandag gepraat.
1 id: Gubernur DKI Prof. Dr. H. Anies menemui Ir. Joko di Jl. Sudirman No. 10 Kel. Menteng.
2 id: Harga beras naik menjadi Rp. 15.000 per kg. Pemerintah menambah stok.
1 ms: Datuk Seri Hj. Mohd. Ali bin Abd. Rahman melawat Kg. Baru di Jln. Tun Razak, Sg. Besi.
1 tl: Dumating si Gng. Reyes at G. Santos kasama si Kgg. Cruz sa Brgy. Sto. Niño kahapon.
1 tr: Belediye Bşk. Ali Veli, Doç. Dr. Ayşe Kaya ve Av. Can Er ile Atatürk Cad. No. 5'te buluştu.
1 af: Mnr. Botha en Mev. Van Wyk het Ds. Smit en Adv. De Beer by St. Helena ontmoet.
1 pl: Prof. Jan Kowalski i ks. Adam Nowak spotkali się przy ul. Długiej z gen. Wolskim i św. Anną.
2 pl: Cena wzrosła do 5 mln zł. Rząd milczy.
1 hi: डॉ. राम कुमार और प्रो. सीता शर्मा ने पं. नेहरू मार्ग पर श्री. वर्मा से भेंट की।
1 de: Bgm. Meier, Dr. med. Anna Huber und Univ.-Prof. Kern saßen am 3. Oktober in der Bahnhofstr. 12.
1 de: Die Fa. Huber GmbH & Co. KG zahlte rd. 5 Mio. Euro an den FC St. Gallen bzw. Herrn Lt. Kern.
1 fr: Me Dupont et le Pr. Martin ont vu Mgr. Aubert, le Dr. Petit et M. Le Goff au bd. Voltaire, no. 5.
1 es: El Lic. Pérez, la Dra. Gómez y el Ing. Ruiz vieron a D. Juan y a Dña. Ana en Av. Juárez Núm. 5.
1 es: El Cmdte. Ruiz, Mons. Báez y el Gral. Paz llegaron a Sta. Cruz con Ma. Luisa y Fco. Soto.
1 pt: O Exmo. Sr. Dr. Juiz e a Profa. Ana foram à Av. Brasil e à Pça. Sete com o Cel. Lima e o Pe. José.
1 it: L'on. Rossi, il dott. Bianchi, la sig.ra Verdi e mons. Galli erano in p.zza S. Marco con S.E. Neri.
1 nl: Mr. dr. J. de Vries en drs. Jansen zagen ds. Bakker en prof. ir. Smit op de Burg. Tellegenlaan.
1 sw: Mhe. Dkt. Samia alimteua Bi. Asha na Bw. Juma pamoja na Mch. Peter na Kan. Musa wa St. Joseph.
2 sw: Alilipa Sh. 5,000 kwa Bi. Asha. Bandari ilifunguliwa.
1 ru: Губернатор А. С. Иванов и проф. П. Петров встретились на ул. Ленина в г. Москве с им. Кирова.
1 uk: Проф. І. Коваль і вул. Шевченка, м. Київ, ім. Франка зустріли о. Петра та акад. Бойка.
1 cs: MUDr. Jan Novák, Ing. Petr Malý a Bc. Eva Bílá potkali sv. Annu a gen. Krále na nám. Míru.
1 hu: Dr. Kovács és Ifj. Nagy Pál találkozott özv. Szabó Annával a Fő u. 5. szám alatt Szt. Imre napján.
1 ro: Dl. Popescu, d-na. Ionescu și Prof. Dr. Ing. Radu s-au văzut pe Str. Lungă nr. 5 cu Pr. Ilie.
1 sv: Prof. Anna Berg och s.k. dr. Lind mötte kpt. Ek vid St. Eriksplan ca. 5 km bort.
1 fi: Prof. Virtanen ja tri. Laine tapasivat evp. kenr. Mäen klo. 5 mm. Turussa.
1 el: Ο κ. Παπαδόπουλος και η κα. Νίκου είδαν τον Αγ. Γεώργιο με τον Δρ. Λάμπρου στην οδ. Αθηνάς.
1 ar: التقى د. محمد علي و أ.د. سعيد حسن مع م. خالد ود. سلمى في القاهرة.
1 vi: TS. Nguyễn Văn A và PGS. TS. Trần B gặp ThS. Lê C tại TP. Hồ Chí Minh và Q. 1.
1 en: Pst. Kumuyi prayed with Evang. Ebuka Obi and Comr. Adams Oshiomhole.
1 id: Kapolda Irjen. Pol. Fadil Imran dan Brigjen. Pol. Ahmad Ramadhan hadir di kantor PT. Pertamina.
1 id: Ketua DPR dr. Hj. Puan Maharani, S.Sos. M.Si. hadir.
1 tr: Av. Mehmet Demir, Cum. Bşk. Yardımcısı ve Tuğg. Hasan Kara ile görüştü.
1 pl: Gen. bryg. Jan Nowak, mec. Jan Lis i st. asp. Marek Król przyjechali.
1 sw: Kapt. John Komba, Alhaj. Mwinyi na SSP. Mwita walifika.
1 sk: Mgr. Ján Novák a JUDr. Eva Malá sa stretli s prof. Horákom na Ul. SNP č. 5 v Sv. Jure.
1 hr: Prof. dr. sc. Ivan Horvat i g. Marko Babić sreli su gđu. Anu u Ul. kralja Zvonimira br. 5.
1 bn: ডা. রহিম উদ্দিন ও মো. করিম ড. সেলিমের সঙ্গে দেখা করেন।
1 ta: திரு. குமார் மற்றும் டாக்டர். ராஜா சென்னையில் சந்தித்தனர்.
1 ha: Alh. Dr. Musa Bello ya gana da Mal. Sani da Hon. Bala a Kano.
1 am: ዶ/ር አበበ እና ፕ/ር ከበደ ከአቶ. ገብሩ ጋር ተገናኙ።
1 fa: دکتر م. رضایی و مهندس ع. حسینی با ص. کریمی در تهران دیدار کردند.
1 ur: ڈاکٹر ایم. اے. خان اور پروفیسر جی. ایم. بٹ نے ملاقات کی۔
1 en: Inspr. Ali, Supt. Rao and Cpl. Otieno met YB. Lim at the quay.
1 pl: Prof. Kowalski i dr n. med. Nowak byli na miejscu.
1 ro: Aprox. 20 de mii de oameni au venit pe str. Lungă nr. 5.
1 tr: Atatürk Bulv. No. 5'te yangın çıktı.
1 uk: Пожежа сталася на вул. Хрещатик, буд. 5, у понеділок.
3 en: Shares of Apple Inc. Rose 5 percent. They fell in Feb. The index did not.
2 en: She works for the U.N. Her brother works for the E.U. parliament.
2 en: He lost to Roger Ng. Now he coaches in Kota Kinabalu.
2 en: The winner is Sani Bala. Kano cheered him all night.
2 en: Nobody saw Maria Sto. Tomas and Juan Sta. Ana leave. Police asked for help.
2 en: Prices rose to Ksh. 200 in Nov. The ministry denied it.
"""


def rows() -> list[tuple[int, str, str]]:
    found = [line.split(": ", 1) for line in SENTENCES.strip().splitlines()]
    return [(int(head.split()[0]), head.split()[1], text) for head, text in found]


@pytest.mark.parametrize(("count", "language", "text"), rows())
def test_a_title_is_never_cut_from_its_name(count: int, language: str, text: str) -> None:
    assert len(split(text, language)) == count, [span.of(text) for span in split(text, language)]
