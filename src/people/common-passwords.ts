/** Passwords of twelve characters and more, and the words inside such ones, that lists of leaked passwords are full of. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `123456789012 1234567890123 12345678910 123123123123 987654321098 qwertyuiop qwertyuiop12 qwertyuiop123 qwertyuiop[] qwertzuiop
  qwertzuiopü qwertzuiop123 qwertzuiopü+ qwertyqwerty qwertzqwertz qwerty123456 1q2w3e4r5t6y 1q2w3e4r5t6z 1qaz2wsx3edc asdfghjkl
  asdfghjklöä asdfghjkl123 yxcvbnm zxcvbnm zxcvbnm12345 1qayxsw23edc q1w2e3r4t5y6 q1w2e3r4t5z6 passwort password passwortpasswort
  passwordpassword meinpasswort geheimespasswort mypassword thepassword passw0rd passw0rt p@ssw0rd p@ssword geheim geheimgeheim
  hallo hallohallo hallohallohallo hallowelt helloworld helloworldhello willkommen willkommenwillkommen welcome welcomewelcome
  letmein letmeinplease iloveyou iloveyouiloveyou iloveyousomuch ichliebedich ichliebdich schatz schatzschatz liebling
  abcdefghijkl abcdefghijklm abcdefgh abc abcabcabcabc administrator adminadmin adminadminadmin admin root rootroot toor sysadmin
  changeme changemechangeme changemeplease bitteaendern bitteändern aendernaendern default defaultpassword standardpasswort
  initialpasswort startpasswort anfangspasswort sommer winter frühling fruehling herbst sommersommer winterwinter summersummer
  januar februar märz april mai juni juli august september oktober november dezember montag dienstag mittwoch donnerstag freitag
  samstag sonntag münchen muenchen munich münchenmünchen muenchenmuenchen landeshauptstadt landeshauptstadtmuenchen stadtlotse
  stadtlotsestadtlotse stadtmuenchen stadtmünchen oktoberfest fcbayern fcbayernmuenchen fcbayernmünchen bayernmuenchen
  bayernmünchen tsv1860muenchen deutschland berlin hamburg frankfurt fussball fußball football basketball baseball superman
  batman starwars dragon monkey shadow master princess prinzessin sunshine sonnenschein michael michelle jennifer computer
  internet internetinternet telefon samsung samsungsamsung google facebook linkedin microsoft correcthorsebatterystaple
  correct-horse-battery-staple correcthorse trustno1 trustnoone whatever whateverwhatever unknown unknownunknown testtest
  testtesttest test1234test testpasswort testpassword test123456789 secret secretsecret supersecret topsecret topsecret123
  supergeheim strenggeheim ganzgeheim nichtgeheim keinpasswort nopassword dasistgeheim dasisteinpasswort thisisapassword
  thisismypassword ihavenopassword ilovechocolate ilovemydog ilovemycat verwaltung rathaus marienplatz`
    .split(/\s+/)
    .filter((each) => each !== ""),
);
