import type { Words } from "./words.ts";

const languageNames = {
  de: "Almanca",
  en: "İngilizce",
  tr: "Türkçe",
  uk: "Ukraynaca",
  ru: "Rusça",
  ar: "Arapça",
  it: "İtalyanca",
  fr: "Fransızca",
  hr: "Hırvatça, Sırpça, Boşnakça",
};

function ageText(from: number | undefined, to: number | undefined): string {
  if (from === undefined) return to === undefined ? "" : `${to} yaşına kadar`;
  return to === undefined ? `${from} yaşından itibaren` : `${from} ile ${to} yaş arası`;
}

export const tr: Words = {
  foundFor: (need) => `“${need}” konusunda şunları buldum:`,
  foundForTwo: (first, second) => `“${first}” ve “${second}” konularında şunları buldum:`,
  widened: (place) => `${place} bölgesinde bir şey bulamadım. Münih genelinde şunlar var:`,
  widenedCost: "Ücretsiz olduğu kesin olan bir hizmet bulamadım. Bunun dışında şunlar var:",
  widenedWheelchair: "Tekerlekli sandalyeyle girilip girilemediğini bilmiyorum. Lütfen önceden sorun. Şunlar var:",
  freePlaces: (available, unit, asOf) => `Boş (${unit}): ${available}. Bilgi tarihi: ${asOf}.`,
  noFreePlaces: (unit, asOf) => `Boş (${unit}): yok. Bilgi tarihi: ${asOf}.`,
  capacityUnknown: "Boş yerleri buradan göremiyorum. Lütfen doğrudan şu kurumlara sorun:",
  forWhom: "Kimler için",
  where: "Nerede",
  wholeCity: "bütün Münih için",
  online: "internetten veya telefonla",
  cost: "Ücret",
  free: "ücretsiz",
  notFree: "ücretli",
  phone: "Telefon",
  age: ageText,
  wheelchair: "Tekerlekli sandalyeye uygun",
  source: (name, date) => `Kaynak: ${name}. Kontrol tarihi: ${date}.`,
  unchecked: (url) => `Lütfen bu bilgiyi şu sayfadan kontrol edin: ${url}`,
  demo: "Bu uydurma bir örnektir. Böyle bir kurum yoktur.",
  textInLanguage: (language) => `Bu metnin dili: ${language}.`,
  more: "Daha fazla göster",
  noMore: "Bu konuda başka bir şey bulamadım.",
  helpful: "Bu işime yarıyor",
  notHelpful: "Bu işime yaramıyor",
  human: "Bir insanla konuşmak istiyorum",
  whichNeed: "Tam olarak ne demek istiyorsunuz?",
  notFound: "Üzgünüm, bu konuda bir şey bulamadım. Sorunuzu not ettim.",
  nearestNeed: (need) => `Şunu mu demek istiyorsunuz: “${need}”?`,
  call115: "115 numarasını da arayabilirsiniz. Bu, resmî dairelerin danışma hattıdır.",
  outOfScope:
    "Bu konuda yardımcı olamam. Ben Münih'teki yardımları ve hizmetleri biliyorum. Bana örneğin kreş veya kimlik kartı hakkında soru sorabilirsiniz.",
  tooLong: "Mesajınız çok uzun. Lütfen neye ihtiyacınız olduğunu 1 veya 2 cümleyle yazın.",
  empty: "Bana hiç metin ulaşmadı. Lütfen neye ihtiyacınız olduğunu yazın.",
  attachment: "Yalnızca metin okuyabiliyorum. Lütfen sorunuzu yazın.",
  greeting: "Merhaba! Neye ihtiyacınız var? Bir cümleyle yazmanız yeterli.",
  thanks: "Rica ederim. Başka bir sorunuz var mı?",
  goodbye: "Hoşça kalın. Size her şeyin en iyisini dilerim.",
  insult: "Size yardımcı olmak istiyorum. Lütfen bana neye ihtiyacınız olduğunu yazın.",
  yes: "Güzel. Şimdi ne öğrenmek istersiniz?",
  no: "Tamam. Bir şeye ihtiyacınız olursa bana yazın.",
  whoAreYou: "Ben Münih Belediyesinin bir bilgisayar programıyım. İnsan değilim. Sizin için Münih'teki yardımları ve hizmetleri ararım.",
  whatCanYouDo:
    "Münih'teki yardımları ve hizmetleri ararım. Örneğin: kreş, bakım, konut, para, iş, Almanca kursu, kimlik kartı. Ben bir bilgisayar programıyım. Hata yapabilirim.",
  privacy:
    "Cevapların daha iyi olması için sorularınızı kaydederim. Kaydetmeden önce isimleri, telefon numaralarını, e-posta adreslerini ve hesap numaralarını silerim. Her şeyi sildirebilirsiniz.",
  deleteAsk: "Bu sohbetteki bütün mesajlarınızı sileyim mi? Bunu geri alamam.",
  deleteButton: "Evet, hepsini sil",
  deleted: "Bu sohbetteki mesajlarınız silindi.",
  handover: "Burada henüz bir insan cevap veremiyor. Lütfen 115 numarasını arayın. Orada bir insanla konuşabilirsiniz.",
  watch: "Yer boşaldığında size henüz mesaj gönderemiyorum. Lütfen doğrudan şu kurumlara sorun:",
  stopWatch: "Ben size kendiliğimden mesaj göndermem. Hiçbir şeyi iptal etmeniz gerekmez.",
  rateRight: "Teşekkür ederim! Buna sevindim.",
  rateWrong: "Bildirdiğiniz için teşekkür ederim. Bunu not ettim. Lütfen neye ihtiyacınız olduğunu başka sözlerle yazın.",
  languageSet: "Artık Türkçe cevap veriyorum.",
  simplerSet: "Artık daha kısa yazıyorum.",
  welcome:
    "Merhaba! Ben Münih Belediyesinin bir bilgisayar programıyım. Sizin için yardımları ve hizmetleri ararım. Neye ihtiyacınız olduğunu bir cümleyle yazın.",
  foreignLanguage:
    "Üzgünüm, bu dili bilmiyorum. Almanca, İngilizce, Türkçe, Ukraynaca, Rusça, Arapça, İtalyanca, Fransızca ve Hırvatça cevap veriyorum. Dil konusunda size burada yardım ederler:",
  crisis: {
    suicide:
      "Şimdi arayın: 0800 6553000, kriz hattı (Krisendienste Bayern). Veya 0800 1110111, telefonda destek hattı (TelefonSeelsorge). İkisi de ücretsizdir, gece gündüz açıktır.\nBir hayat tehlikede mi? 112 numarasını arayın.\nYalnız değilsiniz. Bir insanla konuşun.",
    violence:
      "110, polis: Şu anda tehlikedeyseniz hemen arayın.\n116016, kadınlar için yardım hattı: Ücretsizdir, gece gündüz açıktır ve birçok dilde yardım eder.\nKonuşamıyor musunuz? nora uygulamasıyla konuşmadan yardım çağırabilirsiniz. Bunun için uygulamanın kurulumu önceden yapılmış olmalıdır.",
    child:
      "110, polis: Bir çocuk şu anda tehlikedeyse hemen arayın. 112, acil çağrı: Bir çocuk yaralıysa hemen arayın.\n116111, çocuklar ve gençler için yardım hattı (Nummer gegen Kummer). Bu hatta her zaman biri yoktur, geceleri ise hiç kimse yoktur. O zaman 0800 1110111 numarasını, telefonda destek hattını (TelefonSeelsorge) arayın.",
    medical:
      "Şimdi 112 numarasını arayın. Kaza, yangın ve ağır hastalık için acil çağrı numarasıdır.\nZehirlenme varsa: 089 19240, zehir danışma hattı (Giftnotruf München).\nHayati tehlike yok mu? 116117 numarasını arayın: akşamları ve hafta sonları doktor.",
  },
  crisisOffers: "Buradan da yardım alabilirsiniz:",
  exampleQuestions: ["Sendling'de nerede kreş yeri bulabilirim?", "Annemin bakıma ihtiyacı var", "Kimlik kartımın süresi doldu"],
  page: {
    title: "Stadtlotse München",
    lead: "Münih'teki yardımları ve hizmetleri sorun.",
    notice: "Burada bir insan değil, bir bilgisayar programı cevap veriyor.",
    messageLabel: "Sorunuz",
    send: "Gönder",
    logLabel: "Sohbet",
    you: "Siz",
    assistant: "Stadtlotse",
    waiting: "Arıyorum …",
    failed: "Olmadı. Mesajınız hâlâ burada.",
    sendAgain: "Yeniden gönder",
    openLink: "Sayfaya git",
    examples: "Örneğin",
    answerReady: "Yeni cevap:",
    language: "Dil",
    noScript: "Sohbet için JavaScript gerekir. 115 numarasını da arayabilirsiniz.",
    demoBanner: "Tanıtım: Bazı hizmetler uydurmadır.",
  },
  languageNames,
};
