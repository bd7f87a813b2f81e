"""Verbs of opposite sense, by their stems: of all languages that may share a line, for what was
exchanged is two words of one text."""

from __future__ import annotations

# Two poles a line, parted by a bar.
VERBS = """
accept agree approv endors welcom pass ratif | reject refus declin rebuff spurn veto defeat block
confirm admit acknowledg | den
ris rose climb increas grow grew gain surg soar | fall fell drop declin decreas los plung tumbl
up high more | down low less few
win won victor receiv | los lost defeat
gratis | paid
rais hik lift | cut lower slash reduc
open reopen | clos shut
begin began begun start launch resum | end stop halt suspend cancel call
allow permit legali authori | ban bar forbid prohibit outlaw
impos | lift eas
releas free | detain arrest jail imprison captur seiz
acquit clear exonerat | convict sentenc
guilt | innocent
alive surviv rescu | dead die kill
enter join arriv | leave left quit withdr exit depart
advanc captur | retreat withdr
succe | fail collaps
support back favo | oppos
extend renew | expir lapse
agree | disagree
true | false
possible likely | impossible unlikely
appoint hir elect | dismiss fir sack oust
keep hold | break violat
hold | postpon delay cancel
attend | boycott skip
buy purchas | sell sold
before | after
annehm angenommen akzeptier zustimm zugestimmt billig | ablehn abgelehnt verweiger zurückgewiesen
bestätig | dementier bestreit
steig gestiegen erhöh | fall sink gesunken gefallen senk
gewinn gewonnen gewann | verlier verloren verlor
beginn begonnen | ende beend abgebrochen
erlaub | verbiet verboten
freigesprochen freispruch | verurteil
freigelassen freilass | festgenommen verhaft
accept approuv | rejet refus
confirm | dément nie
hausse augment mont | baisse recul diminu
gagn remport | perd perd
commenc début repris reprend | termin suspend arrêt annul
libér | arrêt détenu
acept aprueb aprob aceit aprov accett approv | rechaz rejeit respin rifiut
confirm | desmient niega negó nega smentis
sub aument sal crec | baj ca disminu cal diminu
gan venc vinc | pierd perd
libera solt | deten arrest
принял приня одобр соглас | отклон отверг отказ
подтверд | опроверг отриц
вырос увелич повыс рост | снизил упал сократ паден
победил выигр | проигр
начал возобнов | законч прекрат приостанов отмен
освобод отпуст | задерж арест
оправда | осужд приговор
прийня схвал погод | відхил відмов
підтверд | спростув запереч
зрос збільш підвищ | впал зниз змен
звільн | затрим арешт
قبل يقبل تقبل وافق يوافق موافق | رفض يرفض ترفض
اكد يوكد توكد | نفي ينفي تنفي
ارتفع يرتفع زاد | انخفض ينخفض تراجع
افرج اطلق | اعتقل احتجز
بدا استانف | انتهي علق اوقف
קיבל קיבלו הסכים הסכימו אישר אישרו נענ | דחה דחו דחת נדח סירב סרב התנגד
עלה עלתה עלייה | ירד ירדה ירידה
שחרר שוחרר | עצר נעצר
זכה זוכה | הורשע
接受 同意 批准 通过 | 拒绝 反对 否决
上升 上涨 增加 升 涨 | 下降 下跌 减少 降 跌
证实 承认 | 否认
释放 | 逮捕 拘留
开始 恢复 | 结束 停止 暂停 取消
受 | 拒
关闭 封闭 | 开放 重开
支持 | 反对
胜利 获胜 | 失败 落败
有罪 | 无罪
容認 承認 可決 | 拒否 却下 否決
上昇 増加 | 低下 減少 下落
開始 再開 | 終了 中止 停止
釈放 | 逮捕 拘束
有罪 | 無罪
賛成 | 反対
閉鎖 | 開放 再開
勝利 | 敗北
無料 免费 | 有料 收费
수용 승인 가결 | 거부 거절 부결
인정 확인 | 부인
상승 증가 | 하락 감소
승리 | 패배
시작 재개 | 종료 중단 취소
석방 | 체포 구속
유죄 | 무죄
찬성 | 반대
폐쇄 | 개방
무료 | 유료
kabul onayla | redd ret
doğrula | yalanla
arttı yüksel | düş azal
kazan | kaybet
başla | bitti bitir durdu ertele iptal
serbest beraat | tutuklan gözaltı mahkum
kapat kapan kapal | aç açıl açık açma açtı açac
destekle | karşı
sperr gesperr schließ geschlossen | öffn geöffnet eröffn
kostenlos kostenfrei | kostenpflichtig
stütz unterstütz befürwort | widersetz bekämpf
ferm | ouvr ouvert rouvr réouv rouvert
gratuit | payant
soutien soutenu | oppos
acquitt relax innocent | condamn coupable
cerr cierr | abr abiert reabr
absuelt absuelv inocent | conden culpable
apoy respald | opon opus
chius chiud | apert apr riaper
assolt innocent | condannat colpevol
fech encerr | abert abr reabr
absolv inocent | conden culpad
закры закрыт | откры
платн | бесплатн
поддерж | против
виновн | невиновн
закри | відкри
платн | безплатн
підтрим | проти
اغلق اغلاق يغلق تغلق مغلق | فتح يفتح تفتح افتتاح مفتوح
ايد يويد تاييد | عارض يعارض معارضه
فاز يفوز فوز | خسر يخسر خساره
مجان | مدفوع
براءه تبريه | ادانه مدان
סגר סגיר נסגר נסגרה ייסגר תיסגר | פתח פתיח נפתח נפתחה ייפתח תיפתח
תמך תומך תמיכ | מתנגד התנגד
ניצח ניצחון זכיי | הפסד הפסיד תבוס
אישר מאשר | הכחיש מכחיש
przyj zaakcept zgod zatwierdz | odrzuc odmów sprzeciw
potwierdz | zaprzecz
wzrós wzrost | spad spadł
wygra | przegra
rozpocz wznow | zakończ przerwa odwoł
uwoln zwoln | zatrzym areszt
uniewinn | skaza
otwar otwier | zamkn zamyk
aanvaard accepteer geaccepteerd goedgekeurd goedkeur | verwerp verworpen weiger geweigerd afgewezen
bevestig | ontken
stijg gestegen toegenomen | daal gedaald afgenomen
win gewonnen | verlie verloren
begin begonnen hervat | eindig beëindig stop gestopt afgelast
vrijgelaten | gearresteerd aangehouden
vrijgesproken | veroordeel
open geopend | sluit gesloten
godtog godkän accepter | avvisa förkast
bekräfta | förneka demente
öka steg stig | minska sjönk sjunk föll
vann vinn | förlora
inled börja återuppt | avsluta avbröt inställ
frigav frigiv släpp | greps grep häkta
friad | dömd dömt
öppna | stäng
accept aprob | respins respinge refuz
confirm | dezmin neag neg
cresc urc | scad scăd
câștig | pierd pierdut
încep începu relu | încheia opri anula suspend
eliber | rețin arest
achit | condamn
deschi | închi
δεχθ δεχτ αποδεχ ενεκριν εγκρ | απορριψ απερριψ απορριπτ αρνηθ
επιβεβαι | διαψευ διεψευ
αυξ ανεβ | μειω επεσ πεφτ
κερδισ νικ | εχασ ηττ
αρχισ ξεκιν | τελειω διακοπ διεκοψ ακυρω
απελευθερ αφεθ | συνεληφθ συλλ
αθωω | καταδικ ενοχ
ανοι | κλει
پذیرفت می‌پذیرد موافق تایید | رد مخالف نپذیرفت
افزایش | کاهش
پیروز | شکست
آغاز | پایان توقف لغو
آزاد | بازداشت دستگیر
باز | بسته تعطیل
स्वीकार मंजूर | ठुकरा खारिज अस्वीकार नामंजूर
बढ़ | घट गिर
जीत | हार
शुरू | समाप्त रद्द स्थगित
रिहा बरी | गिरफ्तार दोषी
uphold upheld affirm | overturn quash annul revers
bail | custody remand
stable | critical
unanim | narrow
holds holding | collaps broke
postpon delay | cancel scrap abandon
"""
