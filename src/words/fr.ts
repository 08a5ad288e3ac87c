import type { Words } from "./words.ts";

// French puts a space before : ? ! and inside « »; here it is always a no-break space (U+00A0).

const languageNames = {
  de: "allemand",
  en: "anglais",
  tr: "turc",
  uk: "ukrainien",
  ru: "russe",
  ar: "arabe",
  it: "italien",
  fr: "français",
  hr: "croate, serbe, bosnien",
};

function years(count: number): string {
  return count === 0 || count === 1 ? `${count} an` : `${count} ans`;
}

function ageText(from: number | undefined, to: number | undefined): string {
  if (from === undefined) return to === undefined ? "" : `jusqu'à ${years(to)}`;
  return to === undefined ? `à partir de ${years(from)}` : `de ${from} à ${years(to)}`;
}

export const fr: Words = {
  foundFor: (need) => `Voici ce que j'ai trouvé sur le thème « ${need} » :`,
  foundForTwo: (first, second) => `Voici ce que j'ai trouvé sur les thèmes « ${first} » et « ${second} » :`,
  widened: (place) => `Je n'ai rien trouvé à ${place}. Voici ce qui existe dans tout Munich :`,
  widenedCost: "Je n'ai trouvé aucune offre dont la gratuité est sûre. Voici ce qui existe par ailleurs :",
  widenedWheelchair: "Je ne sais pas si l'on peut entrer en fauteuil roulant. Veuillez demander avant. Voici ce qui existe :",
  freePlaces: (available, unit, asOf) => `Disponibilités (${unit}) : ${available}. Mise à jour : ${asOf}.`,
  noFreePlaces: (unit, asOf) => `Disponibilités (${unit}) : aucune. Mise à jour : ${asOf}.`,
  capacityUnknown: "Je ne peux pas voir ici les places libres. Veuillez demander directement à ces services :",
  forWhom: "Pour qui",
  where: "Où",
  wholeCity: "pour tout Munich",
  online: "sur Internet ou par téléphone",
  cost: "Coût",
  free: "gratuit",
  notFree: "payant",
  phone: "Téléphone",
  age: ageText,
  wheelchair: "Accessible en fauteuil roulant",
  source: (name, date) => `Source : ${name}. Date de vérification : ${date}.`,
  unchecked: (url) => `Veuillez vérifier ces informations sur ${url}`,
  demo: "Ceci est un exemple inventé. Ce service n'existe pas.",
  textInLanguage: (language) => `Langue de ce texte : ${language}.`,
  more: "Afficher plus",
  noMore: "Je n'ai rien trouvé d'autre à ce sujet.",
  helpful: "Cela m'aide",
  notHelpful: "Cela ne m'aide pas",
  human: "Parler à une personne",
  whichNeed: "Que voulez-vous dire exactement ?",
  notFound: "Je n'ai malheureusement rien trouvé à ce sujet. J'ai noté votre question.",
  nearestNeed: (need) => `Voulez-vous peut-être dire « ${need} » ?`,
  call115: "Vous pouvez aussi appeler le 115. En Allemagne, c'est le numéro des services publics.",
  outOfScope:
    "Je ne peux pas vous aider pour cela. Je connais les aides et les services à Munich. Vous pouvez par exemple m'interroger sur une crèche ou une carte d'identité.",
  tooLong: "Votre message est trop long. Veuillez écrire en 1 ou 2 phrases ce dont vous avez besoin.",
  empty: "Je n'ai pas reçu de texte. Veuillez écrire ce dont vous avez besoin.",
  attachment: "Je ne peux lire que du texte. Veuillez écrire votre question.",
  greeting: "Bonjour ! De quoi avez-vous besoin ? Écrivez-le simplement en une phrase.",
  thanks: "Avec plaisir. Avez-vous une autre question ?",
  goodbye: "Au revoir. Je vous souhaite bonne continuation.",
  insult: "Je voudrais vous aider. Écrivez-moi, s'il vous plaît, ce dont vous avez besoin.",
  yes: "Bien. Que voulez-vous savoir maintenant ?",
  no: "D'accord. Écrivez-moi si vous avez besoin de quelque chose.",
  whoAreYou:
    "Je suis un programme informatique de la Ville de Munich. Je ne suis pas une personne. Je cherche pour vous des aides et des services à Munich.",
  whatCanYouDo:
    "Je cherche des aides et des services à Munich. Par exemple : crèche, aide aux personnes âgées, logement, argent, travail, cours d'allemand, carte d'identité. Je suis un programme informatique. Je peux faire des erreurs.",
  privacy:
    "J'enregistre vos questions pour améliorer les réponses. Avant cela, j'efface les noms, les numéros de téléphone, les adresses e-mail et les numéros de compte. Vous pouvez tout faire effacer.",
  deleteAsk: "Voulez-vous que j'efface tous vos messages dans cette conversation ? Je ne peux pas annuler cela ensuite.",
  deleteButton: "Oui, tout effacer",
  deleted: "Vos messages dans cette conversation sont effacés.",
  handover:
    "Ici, un être humain ne peut pas encore vous répondre. Veuillez appeler le 115, le numéro des services publics en Allemagne. Là, vous parlerez à une personne.",
  watch: "Je ne peux pas encore vous envoyer de message quand quelque chose se libère. Veuillez demander directement à ces services :",
  stopWatch: "Je ne vous envoie pas de messages de moi-même. Vous n'avez rien à annuler.",
  rateRight: "Merci ! Cela me fait plaisir.",
  rateWrong: "Merci de me l'avoir signalé. Je l'ai noté. Veuillez écrire avec d'autres mots ce dont vous avez besoin.",
  languageSet: "Je réponds maintenant en français.",
  simplerSet: "Mes réponses sont maintenant plus courtes.",
  welcome:
    "Bonjour ! Je suis un programme informatique de la Ville de Munich. Je cherche pour vous des aides et des services. Écrivez en une phrase ce dont vous avez besoin.",
  foreignLanguage:
    "Je ne connais malheureusement pas cette langue. Je réponds en allemand, anglais, turc, ukrainien, russe, arabe, italien, français et croate. Ici, on vous aide avec la langue :",
  crisis: {
    suicide:
      "Appelez maintenant : 0800 6553000, la ligne de crise Krisendienste Bayern. Ou 0800 1110111, la ligne d'écoute TelefonSeelsorge. Les deux sont gratuites et répondent jour et nuit.\nUne vie est-elle en danger ? Appelez le 112.\nDes personnes sont là pour vous. Parlez à quelqu'un.",
    violence:
      "Appelez le 110, la police, si vous êtes en danger maintenant.\nLes femmes peuvent appeler le 116016, la ligne d'aide contre les violences faites aux femmes. C'est gratuit, jour et nuit, dans de nombreuses langues.\nVous ne pouvez pas parler ? L'application nora permet d'appeler à l'aide sans parler. Pour cela, l'application doit déjà être configurée.",
    child:
      "Appelez le 110, la police, si un enfant est en danger maintenant. Appelez le 112 si un enfant est blessé.\nLes enfants et les jeunes peuvent appeler le 116111, la ligne d'écoute Nummer gegen Kummer. Il n'y a pas toujours quelqu'un, et la nuit il n'y a personne. Appelez alors le 0800 1110111, la ligne d'écoute TelefonSeelsorge.",
    medical:
      "Appelez maintenant le 112. C'est le numéro d'urgence pour les accidents, les incendies et les maladies graves.\nEn cas d'intoxication : 089 19240, le centre antipoison Giftnotruf München.\nLa vie n'est pas en danger ? Appelez le 116117, le service médical du soir et du week-end.",
  },
  crisisOffers: "Ici aussi, vous recevez de l'aide :",
  exampleQuestions: ["Où trouver une place en crèche à Sendling ?", "Ma mère âgée a besoin de soins", "Ma carte d'identité est périmée"],
  page: {
    title: "Stadtlotse München",
    lead: "Posez vos questions sur les aides et les services à Munich.",
    notice: "Ici, c'est un programme informatique qui répond, pas une personne.",
    messageLabel: "Votre question",
    send: "Envoyer",
    logLabel: "Conversation",
    you: "Vous",
    assistant: "Stadtlotse",
    waiting: "Je cherche …",
    failed: "Cela n'a pas fonctionné. Votre message est toujours là.",
    sendAgain: "Envoyer à nouveau",
    openLink: "Ouvrir la page",
    examples: "Par exemple",
    answerReady: "Nouvelle réponse :",
    language: "Langue",
    noScript: "Cette conversation a besoin de JavaScript. Vous pouvez aussi appeler le 115, le numéro des services publics.",
    demoBanner: "Démonstration : certaines offres sont inventées.",
  },
  languageNames,
};
