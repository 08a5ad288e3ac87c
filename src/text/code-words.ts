/** 1024 everyday German words without umlauts, few of which differ by one letter only. Neither the words nor their order ever change: codes are out there. */
export const codeWords: readonly string[] = `
abend acker adler affe ahorn alm altar ameise amsel ananas angel anker anorak antwort apfel aprikose april arena arm artikel atem
atlas aubergine auge august ausflug auster auto backe bad bagger bahn balkon ball bambus banane bank bart basilikum batterie bauer
baum beere beet beige bein berg besen besteck besuch bett beutel biber biene bild birke birne biskuit blatt blei blick blitz block
blume bluse boden bogen bohne boje boot bord brei brett brezel brief brille brise brokkoli bronze brosche brot bruder brunnen
bucht bude bund burg bus busch butter cello chor clown comic computer creme curry dach dampf dank daumen decke deich dialog
dichter diele diesel ding dinkel distel docht dohle domino donner dorf dorn dose drache draht drehung drossel druck duft durst
dusche ebbe echo ecke efeu eiche eidechse eimer eis eisen elch elefant elle elster engel ente enzian erbse erdbeere erde ernte
esel essig etage eule euro fabel fabrik fach faden fahne fahrrad falke falte familie farbe farn fasan fass faust feder fee feile
feld fels fenchel fenster ferien ferkel fest fichte figur film filter filz finger fink fisch flagge flamme flasche flieder fliege
flocke floss flug flur fluss forelle form foto fracht frage freitag freund frieden frist frosch frost frucht fuchs fuge funke
futter gabel galerie gans garage garn garten gasse gast gebiet gebirge geige geld gelenk gerste geschenk gesicht getreide gewicht
gewinn gewitter gips giraffe gitarre gitter glanz glas glocke gold golf gondel gong gorilla graben gras gries griff grille grotte
gruppe gurke gurt haar hafen hafer hagel hahn haken halle hals hamster handy hang harfe harz hasel haube haut hebel hecht heckel
heft heimat helm hemd henne herbst herd hering herz heu himbeere himmel hirsch hirse hitze hof holz honig hopfen horn hose hotel
huf hummel hund hunger hupe hydrant idee igel imbiss imker indigo ingwer insekt insel instrument iris jacke jagd jaguar jahr
januar jasmin jeans joghurt juli juni juwel kabine kachel kaffee kahn kakao kaktus kalb kalender kamel kamera kamille kamin kamm
kammer kanal kanne kante kanu kapitel kappe karamell karotte karpfen karte karton kastanie kasten kater katze keks keller kerze
kessel kette keule kiefer kies kind kino kirsche kissen kiste kiwi klammer klang klappe klarinette klavier kleber klee kleid
klette klingel klippe knall knie knolle knopf knospe knoten koala koch koffer kohl kohlrabi komet komma kompass kompost kompott
konzert koralle korb kordel kork korridor kraft kragen krake kran kranich kranz kraut kreide kreis kresse kreuz krokus krone krug
kruste kuchen kuckuck kugel kuh kumpel kunst kupfer kurbel kurs kurve kutsche labor lachs lack laden lager lama lamm lampe land
laterne latte laub lauch lauf laune lavendel lawine leben leder lehm lehne lehrer leim leine leinen leiter leopard lerche licht
lied liege lift lilie limette linde lineal linse liste liter loch lotse lotus luchs luft lunge lupe magen magnet mai mais majoran
mandel mango mantel mappe margerite mark markt marmelade marmor marone masche maske mast mauer maulwurf maus meer mehl meise
melodie melone messing metall meter metzger miete milch minute minze mittag mittwoch mixer modell mohn moment monat mond montag
moor moos moped mosaik motor motte muffin mulde murmel museum musik muskel muster nacht nadel nagel name natur nebel neffe nelke
nerv nest netz note notiz nougat november nudel nummer nuss oase obst ocker ofen ohr oktober olive oma onkel oper orange orchidee
orden ordner orgel ort otter ozean paar paddel paket palast palette palme panda panther papagei papaya papier pappel paprika park
parkett pass pasta pause pegel pelikan pelz perle pesto petersilie pfad pfanne pfarrer pfau pfeffer pfeife pfeil pferd pfirsich
pflanze pflaster pflaume pflug pforte pfosten pfote pilot pilz pinie pinsel pirol pizza plakat plan planet platane platte platz
podest pokal pol polster pony portal posaune post praline preis prisma profil propeller pudel puls pult puma pumpe punkt puppe
puzzle pyramide quader qualle quark quarz quelle quirl quitte quiz rabe radar radieschen radio rahm rahmen rakete rampe rand ranke
rassel raster rat rathaus rauch raupe rebe rechen regal regen reh reibe reif reifen reihe reim reiter rente rettich rezept
rhabarber riegel riemen riese rinde ring rippe ritter robbe rochen rock roggen rohr rolle roller roman rose rosine rotor route
rubin ruder ruhe rumpf runde rute saal sack saft sage sahne saite salat salbe salbei salz samen samstag samt sand sandale sattel
sauce sauna schach schachtel schaf schal schall schatten schatz schaum scheibe schere schiff schild schilf schinken schirm schlaf
schlitten schloss schluss schmied schnabel schnake schnalle schnecke schnee schnitt schnitzel schnur schokolade scholle schopf
schrank schraube schrift schritt schuh schule schulter schuppe schwalbe schwamm schwan schwarm schwelle schwester schwung see
segel sehne seide seife seil sekunde sellerie semmel senf sense september serie sessel sieb signal silber sirene sirup sitz skala
ski skizze socke sofa sohle sohn sojabohne sommer sonne sonntag sorte spalt spargel spaten spatz specht speck speise spiegel spiel
spinat spindel spitze sport spross sprudel sprung spule spur staat stachel stadion stadt stall stamm stange star station staub
steg stein stelle stempel steppe steuer stich stiefel stift stille stimme stirn stock stoff stollen storch strahl strand strauch
strauss strecke streifen strick stroh strom strudel strumpf stube student stufe stuhl stunde suche summe sumpf suppe tablett tafel
tag talent tanne tanz tapete tasche taste tatze tau taucher tausch teddy teich teig telefon teller tempel tempo teppich termin
terrasse text theater thema thron thymian ticket tier tiger tinte tisch titel toast tochter tomate ton topas topf tor torte tracht
traktor tram traube traum treffer treppe tresor tretboot trichter trommel trompete tropfen truhe tuch tukan tulpe tunnel turban
turm turnier ufer uhu ulme umhang umschlag umweg unfug unikat union urlaub urwald vase vater veilchen velo ventil verein vers
video viertel villa vogel vokal vollmond vorhang vorrat vorteil vulkan waage wachs wachtel waffel wagen wal wald walnuss wappen
ware wasser watte weber wecker weg weiher weite weizen welle welt wende werft werk weste wetter wiege wimpel wimper wind winkel
winter wippe wirbel wirsing witz woche wolf wolke wort wunder wunsch wurf wurst wurzel yak yoga zahl zander zange zapfen zaun
zebra zehe zeichen zeile zeit zement zentrum zettel ziegel zimmer zimt zinn zirkel zirkus zitrone zobel zone zoo zopf zucker zug
zukunft zutat zweig zwerg zwiebel zwilling
`
  .trim()
  .split(/\s+/);
