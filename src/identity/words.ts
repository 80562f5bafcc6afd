const listed = (text: string) => text.trim().split(/\s+/)

/** What follows "I am", "Thanks" or "my son" and is no name, however it is written. */
const COMMON = new Set(
  listed(`
a able about above absolutely abroad ache aching active actually acute administrator adult advance advice advise afraid after afternoon again against age aged ago agonised agony ahead alive all allergic almost alone along already also although always am amazed
amazing an anaemic and anemic angry annoyed anonymous another answer anxiety anxious any anybody anyone anything anyway anywhere appreciated appreciate are aren't around as ashamed asap ask asking asthmatic at athlete athletic attached august autistic available aware away awful baby back
bad barely based bcoz be because become becoming bed bedbound bedridden been before behalf behind being below beside besides best better between big bit bless blessed blind boss both bothered bound boy breastfeeding brief briefly broke broken brother bye builder
busy but by call called calm came can can't cannot care carer caretaker cause certain certainly cheers child clear clearly client close coach cold come comes comfortable coming complete completely concerned confident confined confused considering constant constantly consultant consulting
continue could couldn't couple cousin crying current currently curious cyclist dad dancer daughter day days dead deaf dear decided definitely depressed desperate desperately detailed devastated developer diabetic did didn't different difficult disabled disappointed disgusted dizzy do doc doctor doctors doctor's does doesn't doing
don't done down driver drs due during dying each early eager easily eat eating eight eighteen eighty either elderly electrician eleven else employed end engineer enough epileptic especially etc even evening ever every everybody everyone everything exactly except excited exercise
exercising exhausted expat expecting experienced experiencing expert experts extremely facing fairly family fan far farmer fat father fed fedup feel feeling fellow female few fifteen fifty final finally find fine finished first fit fitter five flying fold folks follow following for forced former forty forum
forever forward four fourteen free frequent frequently friday friend friends from frustrated full fully further furious future gardener gay generally get getting girl given giving glad go going golfer gone good got gp grandad grandfather grandma grandmother gran grateful great greatly greetings
growing guess guys gym had half happy hard hardly has hasn't hate have haven't having he healthy hear heartbroken heavy he'll hello help helped helpful helpless hence her here he's hey hi high highly him his hoping hopeful hopeless hospital hour hours house
housebound housewife how however hundred hungry hurt hurting husband hypermobile i i'd i'll i'm i've idk ill im immediately impressed in indeed informed infertile inquiring insane inside instead insured intending interested into intrigued invalid involved is isn't it its it's itself jobless just keen keep
kind kindly kindest know known lad lady last late lately later lazy least left legally less let life light like likely limited limping linked little live living lol long longing look looking losing lost lot lots love lovely low lucky lying mad made madam mainly male man
manager many married math may maybe me mean medical member men menopausal middle midwife might mild military miserable miss missing mobile moderately moderator mom moment monday month months more morning most mostly mother mr mrs ms much mum mummy muscular my myself natural naturally near nearly need needing negative neither
nervous never new newbie newly next night nine nineteen ninety no nobody none nonsmoker nor normal normally not note nothing now nowhere numb nurse obese obviously occasionally of off office often oh ok okay old older on once one online only onto open optimistic or other others otherwise our out outside
over overweight own painful panicking paranoid paralysed paralyzed parent particularly partner patient patients people perfectly perhaps perimenopausal permanently person perplexed pharmacist physically physician physio physiotherapist please plus police poor positive possible possibly post postmenopausal practically practitioner pre pregnant present presently pretty previously probably prone
proud put puzzled quite rather reading ready real really recently recovering regard regarding regards register registered regular regularly relatively relieved reply respectfully restricted retired right runner running sad safe said same saturday saying scared scheduled school seated second sedentary see seeing seeking seems self semi senior sensitive seriously set
seven seventeen seventy several severe severely she she's short should shouldn't shocked sick simply since sincere sincerely single sir sister sitting six sixteen sixty skinny sleeping slightly slim slow small smoker so some somebody somehow someone something sometimes somewhat somewhere son soon sore sorry sort specially specialist staff standing starting
stationed stay staying still stressed strong struggling student stuck stumped such suffer sufferer suffering suggest sunday super supposed sure surgeon surprised suspicious take taken taking tall teacher team tempted ten tense terrible terribly terrified than thank thankful thanking thanks that that's the their them then there therefore these they thing things think thinking
third thirteen thirty this those though thousand three through thursday thus tight till time times tired to today together told tomorrow tonight too torn total totally towards tried triage trying tuesday tv twelve twenty twice two type unable uncertain uncomfortable under understand underweight unemployed unfit unfortunately unhappy unless unlikely unsure
until unwell up upset us use used useless user using usually uncle vegan vegetarian very via visually volunteer waiting walker walking want wanting warm was wasn't we weak wearing wednesday week weeks well went were weren't what whatever when whenever where whether which while who whole whom whose why widow widowed widower wife wishes with within without woman
women won't wonder wondering work worker working worn worried worry worse worst would wouldn't writing wrong x xx xxx yay yeah year years yes yet you young younger your you're yours sincerely truly faithfully
sent pro mon tue tues wed thu thur thurs fri sat sun hope gave sent ordered thinks prescribes told recommends wrote tells says appointment visit visits notes letter surgery refuses found wants prescribed referral orders lets letting suggested suspects believes insists mentioned diagnosed explained checked examined refused sleepless sleepy tearful troubled baffled bewildered clueless hesitant worrier newcomer lurker longtime hobbling stiff achy creaky crippled bent sufferers spouse wishing await awaiting looking
`),
)

/** Peoples, faiths, places, firms, remedies and illnesses: written with a capital letter, and nobody's name. */
const PROPER = new Set(
  listed(`
african afghan albanian algerian american arab argentinian armenian asian aussie australian austrian bangladeshi belgian bengali black brazilian british briton bulgarian burmese cambodian canadian caribbean catalan caucasian chilean chinese christian catholic colombian croatian cuban cypriot czech danish dutch
egyptian english eritrean estonian ethiopian european filipino filipina finnish flemish french gaelic german ghanaian greek gujarati hindu hispanic hungarian icelandic indian indonesian iranian iraqi irish israeli italian jamaican japanese jewish jordanian kenyan korean kurdish latina latino latvian lebanese libyan lithuanian
malaysian maltese maori mexican moldovan moroccan mormon muslim nepali nepalese nigerian nordic norwegian pakistani palestinian persian peruvian polish portuguese protestant punjabi quaker romanian russian saudi scot scottish scots serbian serb sikh singaporean slovak slovenian somali spanish sudanese swede swedish swiss syrian
taiwanese tamil tanzanian texan thai tunisian turkish ugandan ukrainian uruguayan venezuelan vietnamese welsh white yemeni zimbabwean scandinavian hungarian buddhist atheist jehovah
africa america asia australia austria belgium brazil britain bulgaria canada china denmark egypt england europe finland france germany ghana greece hungary india ireland italy jamaica japan kenya london mexico morocco nepal netherlands nigeria norway pakistan philippines poland portugal romania russia scotland spain sweden
switzerland syria thailand turkey uk ukraine usa wales york leeds manchester birmingham bristol liverpool glasgow edinburgh dublin cardiff belfast sheffield texas florida california ohio chicago boston
january february march april june july september october november december christmas easter ramadan monday
google chatgpt youtube facebook reddit wikipedia webmd instagram tiktok nhs nice bupa aviva covid mri ct xray x-ray ed er a&e icu gp pt ot bmi id uti ptsd adhd add ocd ibs ms ra as copd hiv ada hla nsaid nsaids tens dexa ibuprofen naproxen paracetamol tylenol codeine tramadol gabapentin pregabalin amitriptyline diazepam
nurofen voltarol advil aspirin lyrica humira cymbalta celebrex morphine prednisolone methotrexate iphone ipad samsung android blackberry pilates yoga zumba crossfit peloton
anxiety arthritis osteoarthritis osteoporosis osteopenia scoliosis sciatica stenosis spondylitis spondylosis spondylolisthesis ankylosing fibromyalgia sarcoma cancer stroke dementia diabetes degenerative lumbar cervical thoracic lower upper back neck disc spine spinal knee hip shoulder type stage grade post-op pre-op postop preop post-surgery post-menopausal
mum mom dad mother father sister brother doctor nurse teacher student patient runner asthmatic coeliac celiac hypermobile lactose vegan army navy raf veteran vet god lord jesus allah
asap fyi aka ps btw ty thx tia tysm rsvp eta
marathon ironman parkour dr mr mrs ms prof miss sir madam esq phd md
`),
)

/** Illnesses, signs and methods are called after people. */
const EPONYMS = new Set(
  listed(`
addison achilles adson alexander allen alzheimer alzheimers apley baastrup bakers barlow barton bechterew behcet bertolotti blount bouchard bowen brown-sequard chance charcot chiari chopart cobb codman colles cooley crohn crohns cushing cyriax danlos dequervain dupuytren ehlers epley ewing
feldenkrais finkelstein fowler freiberg freibergs froment galeazzi ganglion gardner gillet gowers graves guillain haglund hashimoto hawkins heberden hill-sachs hirayama hodgkin hoffa hoffman hoffmann homans horner huntington jefferson jobe jones kaltenborn kawasaki kegel kellgren kemp kienbock kienböck kohler köhler
lachman lasegue lasègue legg lhermitte lisfranc ludloff lyme mackenzie maitland maisonneuve marfan marfans mcgill mckenzie mcmurray menell meniere modic morton mortons mosley mulligan neer nordic ober ortolani osgood osgood-schlatter oswestry paget pagets pancoast parkinson parkinsons patrick pavlik perthes pfirrmann phalen pott raynaud raynauds reiter risser ritalin rolando romberg
roos salter salter-harris sarno scheuermann scheuermanns schlatter schmorl schmorls schober sever severs sjogren sjogrens sjögren slocum smith spurling stills sprengel still sudeck tarlov thomas thompson tietze tinel tinels trendelenburg tourette valsalva waddell williams wilson yergason
`),
)

/** What comes after the person an illness or a method is called after, or after a hospital's patron. */
const THINGS = new Set(
  listed(`
abscess app belt book books brace channel decompression diet insoles machine pillow podcast program video videos website ambulance angle arthropathy beach brand bridge bursitis cafe canal centre center chorea city classification clinic college company contracture county criteria cream cyst deformity disease diseases disorder drug dystrophy exercise exercises
foundation fracture fractures ganglion grade guide guidelines hospital hospitals hour house index infirmary institute island line lodge lymphoma maneuver manoeuvre medical method methods neck neuroma node nodes osteotomy palsy park phenomenon
position procedure protocol programme program regime road routine sarcoma scale school score screw sign signs squat stage station stores street stretch stretches surgery syndrome system technique tendon test tests therapy thyroiditis trust tumor tumour university ward
`),
)

const word = (text: string) => text.toLowerCase().replaceAll('’', "'")
const withoutGenitive = (text: string) => word(text).replace(/'s?$/, '')

export const isCommon = (text: string) => COMMON.has(word(text)) || PROPER.has(withoutGenitive(text))
export const isEponym = (text: string) => EPONYMS.has(withoutGenitive(text))
export const isThing = (text: string) => THINGS.has(word(text))

const INFLECTED = /(?:ing|ed|ly|ous|ful|less|able|ible|ness|ment|tion|ic|ical|ive|ised|ized|ish|ese)$/

/** By its ending a word of the language rather than a name. */
export const isInflected = (text: string) => text.length > 5 && INFLECTED.test(word(text))
