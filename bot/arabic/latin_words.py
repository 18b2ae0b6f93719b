"""Frequent words written in Latin letters here, in English and in Arabizi: what tells the two apart."""

from __future__ import annotations

_ENGLISH = """
a about above after again against ago agency all along already also always am an and animals answer any anybody
anyone anything apartment appointment are area around as ask at avenue away back bad be because been before behind
being best better big bill bills block blocked box bridge broken build building bus but by call called came can cannot
cant car card cars case check child children city clean clinic close closed collect collected come coming company
complain complaint complaints could council cut damage damaged dangerous date day days dead dear delay delivery did
didnt dirty do doctor does doesnt dog dogs done dont door down drain driver driving each early electric electricity
email emergency employee end english even every everybody everyone everything fee feedback few file find fine fire
first fix fixed flat flood flooded food for form from front full garbage get give go going good got government great
had happened has hasnt have havent he hello help her here hi high him his hospital hour hours house how i id if ill im
in info information internet into is issue issued it its ive job just keep kids know last late leak leaking left less
let license light lights like line little live long look looking lost lot made make man manager many market may maybe
me medicine meeting might minutes missing mobile money month months more morning most mosque much municipality must my
name near neighbour need needs never new next night no nobody noise not nothing now number of off office officer often
ok okay old on once one only open or order other our out outage outside over own paid park parking passport pay
payment people permit person phone photo pipe place please plz police pollution poor pothole potholes power price
private problem problems public quality rain rats reason received reference refuse remove renew repair reply report
request resident response right road roads room rubbish safe salary same say says school see send sent service sewage
she sick sign since sir sit smell so some someone something soon speak speed station status stay still stop street
streets suggest suggestion take talk team tell than thank thanks that the their them then there these they thing this
those through ticket time to today tomorrow too traffic trash tree trees try trying two under until up update urgent us
use very visa wait waiting want was waste water way we website week weeks well went were what whats when where which
while who why will window with without work worker working would wrong year years yes yesterday yet you your yours
"""

_ARABIZI = """
3ala 3alaikum 3ales 3an 3ashan 3ind 3indi 3indina 3indkum 3ndi 3ndy 3ndna 3abdulla 3yal 3yali 3yoni 3aib 3ajal 3adi
3arabi 3umri 7ad 7aram 7ata 7atta 7ala 7al 7alat 7ar 7ag 7agi 7afra 7ofra 7afar 7ufar 7awiya 7awiyat 7ukooma 7lw 7elw
5ala9 5alas 5alla 5aber 5ebar 5al9een 5arban 5arbana 6afi 6afya 6af7a 6afa7 6areeg 6ariq 6ala3 6ayib 9a7 9ar 9arlah
9ayer 9ba7 9ob7 9ora 9oura 9owar 9lon 9ij a5oy a5bar a7ad abai abee abgha abghi abi abih aby adez adizz ahl ahlan ahli
ahni ajal akeed akhoy akhooy alaikum alf alhamdulilla alhin alla allah almajari almoya ams ana anjaz ani anta asajil
assalam awal aw aywa bacher baladiya baldiya baldya bas bass bayt bdal bel ben beta bini bil blad bs bait bukra cham
chai cham chethi chithi chinha dawam daz dazait dazeit dez diff el elbait elbayt elhin elkahraba elli elly
elmai elmajari elmay elmoya enta enti entaw es ey eyy fajr fareej feeh fi fih fiha fil flous fulus gabl gal galo
gaal gasab ghali ghair ghalat gom goly hal hala hatha hathi hathy hay hathol hal7een hasa hata heny hina hini
hinak hni hom hu huwa inshalla inshallah inta inti inzain inzen isht it9alt ittisalt il illi jawaz jaw
jeeran jethi jdam jiran jisir kahraba kahrabaa kahrba kalam kalamt kam khadma khal5 khala9 khalas khalleh khali khair
khalna khalni khams kil kilyom kilna kithir kilish kish kull kulish la lael laa lain lal lana lah laish lay law layn
leen leish lesh lail lel lian li lihum lma ma maafi mabi mabni ma7ad ma3 ma3a ma3ndi majari makan maku mako malat male
mali mani marhaba mar7aba mashakil mashkoor mashkora mashkoreen may mai maya mi mib mn min mini minu minhom minho
mo moya moo moshkila mob mojama3 mobaila mushkila mushkla mushkilat mushkeltna mustashfa mukhalafa muta2akhir muwa6in
na na7n na5al na7na nabghi nabi nafs nas nby nsawi okhoy oho oo qabl qal ragam raqam ra7 ra7at rad radaw raddo ragm
rd9 rayi7 re7a ree7a sa3a sa3at saar saba7 sabah sah salam salaam samt sar sarla sarlah sawaw sawait sayara sayarat
sana seda sewo shaf share3 shari3 shabab sha9ar shakwa shakwai shaklah shay shakhs shahar shahr shakw shda3wa shfeek
shfih shgad shhal shi shift shino shinu shismah shloon shlon shlonak shlonik shlonkum shmskl shnu shno shnw shoof shoo
shoof shokran shukran sh9ar sh3ndkum shsawi shway shwai shy soo6 sowo subh sug sukkar ta3al ta3ban ta7t tab3an tadri
tara tabon taht tala tamam tareeg tariq tara6 tayeb thani thalath teleffon ta9leeh u uhi uhma um umi umy wa
wain waid wajid wallah walla wala walad wayed wayid wayn wein wejh wen wela wi wil wish wla w wyah ya yab3ath yabi yabon
yabooon yahal yal yaom yabeela yegoul yegool ygool ygolon yig3ad yigdar yi9eer yom yomain yoom yoga3 zain zaina zahma
za7ma zebala zbala zibala zayn zeen zin
"""

ENGLISH = frozenset(_ENGLISH.split())
ARABIZI = frozenset(_ARABIZI.split())
