/** Given names as people here write them; what is a word or a place as well stands apart. */
const PLAIN = `
aaliyah aaron abdul abdullah abena abigail abraham ada adam adele adeola adrian adriana agata agnes agnieszka ahmad ahmed aidan aileen
aisha aiden akira alan alana alasdair albert alberto alejandra alejandro aleksandra alessandro alex alexandra alexandre alexis alfie alfred
ali alice alicia alison alistair aliyah allan allen allison alma amanda amara amber amelia amelie amina amir amit amy ana anastasia anders
andrea andreas andrei andres andrew andrzej andy angela angelica angelo angie anil anita anja anjali ann anna annabel anne annette annie
anthony antje antoine anton antonia antonio anya archie arjun arnold arthur arturo arun asha ashley ashok asif astrid aubrey audrey
ava avery ayesha ayo babatunde barbara barry bartosz beatrice beatriz becky belinda ben benedict benjamin bernadette bernard bernie bert
bertha bethany betsy betty beverley beverly bianca billy birgit blessing blake bob bogdan bonnie boris brandon brenda brendan brent brett brian
bridget bronwyn bruce bruno bryan caitlin callum calvin camila camille cameron candice carla carlos carly carmen carol carole caroline
carolyn carrie casey cassandra catalina catarina catherine cathy cecilia cecil cedric celia celine chandra charlie charles chiara chidi chinedu chioma
chloe chris chrissie christina christine christophe christopher cindy claire clara clare clarissa claudia claudio clifford clive
clyde cody colette colin colleen connie connor conor constance corey corinne courtney craig cristina crystal curtis cynthia cyril daisy damian
damien dan dana daniel daniela danielle danny daphne darius darlene darren dave david dean deb debbie deborah debra declan dee deepak deirdre
delia denise dennis derek desmond devon diana diane dianne diego dieter dimitri dina dirk dmitri dolores dominic dominique donald donna doreen
doris dorothy doug douglas duncan dwayne dylan eamon edgar edith edmund eduardo edward edwin efua eileen ekaterina elaine eleanor elena eli
elias elif elijah elisa elisabeth elise eliza elizabeth ella ellen ellie elliot elliott elsa elsie emeka emil emilia emilio emily emma
emmanuel enrique eric erica erik erika erin ernest esme esperanza esther ethan ethel eugene eunice eva evan evelyn ewa ewan fabian fatima fatou
fatoumata farah felicity felipe felix fernanda fernando fiona folake fran frances francesca francesco francis francisco francois frankie fred freda freddie
frederick freya fumiko funmi gabriel gabriela gabrielle gail gareth gary gavin gemma geoff geoffrey george georgina gerald geraldine gerard
gerry gertrude gillian gina giorgio giovanni gita giulia gladys glen glenda glenn gloria gordon graeme graham greg gregor gregory greta
gretchen guillermo gunther gustavo gwen gwendolyn habib haider hana hanna hannah hans harold harpreet harriet harrison harry haruki harvey hasan hassan
hayley heather hector heidi heike heinz helen helena helga henrik henry herbert hilary hilda hiroshi holger horace howard hugh hugo hussain
ian ibrahim ida ifeoma ignacio igor ike imran ines ingrid ioana iqbal irene irina iris irma isaac isabel isabella isabelle isla ismail ivan ivana
ivy jackie jacob jacqueline jacques jake jakub jamal james jamie jan jane janet janice jared jasmin jasmine jason javier jay jayden jayne jean
jeanette jeannie jeff jeffrey jen jenna jennifer jenny jens jeremy jerome jerry jess jesse jessica jessie jesus jill jillian jim jimmy jing jo joan
joanna joanne joao joe joel joelle johan johann johannes john johnny jolanta jon jonas jonathan jordi jorge jose josef joseph josephine josh joshua josie
joyce juan juanita judith judy jules julia julian juliana julie juliet juliette julio jurgen justin justyna justine kaitlyn kamal kamala kamil karen karim karin karina
karl karla kasia kat kate katarzyna katerina kath katherine kathleen kathryn kathy katie katja katrina katy kay kayla kayleigh keiko keira keith
kelly kelvin ken kendra kenneth kenny kerry kerstin kevin khadija khalid kieran kim kimberly kirsten kirsty kofi kris krishna kristen kristin kristina
krystyna krzysztof kumar kurt kwame kwasi kyle kylie lakshmi lara larry lars latoya laura lauren laurence lawrence leah leanne leila lena lennart leo leon
leona leonard leonardo leonie leroy lesley leslie leticia lewis liam liesel lila lilian lillian linda lindsay lindsey lionel lisa lise liz lizzie lloyd logan
lois lola lorena lorenzo loretta lorna lorraine lottie lou louis louisa louise lucas lucia luciana lucille lucinda lucy luigi luis luisa lukas luke lydia lyn lynda
lynn lynne mabel maciej maddie madeleine mads magda magdalena maggie mahmoud maisie malcolm malgorzata mandy manuel manuela marc marcel marcela marcia marco marcus
margaret margarita margot maria mariam mariana marianne marie marilyn mario marion marisa marjorie marlene marlon marsha marta martha martin martina martyn
mary marya maryam mateo mateusz mathew matilda matt matteo matthew matthias maureen maurice mavis maxine maya meera megan mehmet mei mel melanie melinda melissa melody
mercedes meredith mia michael michal michala michele michelle mick mickey miguel mika mike mikhail milan mildred millie mina minh miranda miriam mitchell moira
molly monica monika monique morag morgan moses muhammad mohamed mohammad mohammed muriel mustafa myra myrtle nadia nadine nancy naomi natalia natalie natasha
nathan nathaniel neha neil nelson ngozi nguyen nia niamh nicholas nick nicky nicola nicole nigel nikhil niklas nikita nikki nikolai nina nisha noah noel nora norbert noreen norma
norman nuala nuno obinna odette olaf ole oleg olga olive oliver olivia olivier olu oluwaseun omar oscar otto owen pablo paige pam pamela paola paolo
parveen pascal patricia patrick patrik patti patty paul paula paulette pauline pavel pawel pedro peggy penelope perry peter petra phil philip philippa philippe
phillip phoebe phyllis pierre pilar piotr polly pradeep prakash preeti priscilla priya priyanka quentin rachel rachael rafael rafal raj rajesh ralph ramesh ramon
randy raphael raquel rashid raul ravi raymond rebecca reece reggie regina reginald reinhard rene renata renate renee reuben rhiannon rhoda rhona ricardo richard rick ricky riley rita
rob robbie robert roberta roberto robyn rocio rod roderick rodney rodrigo roger rohan roisin roland rolf roman ron ronald ronan ronnie rory rosa rosalind rosalie rosario
rosemary rosie ross rowan roxanne roy ruben rudolf rupert russell ruth ryan sabina sabine sabrina sadie sally salma sam samantha samir samira samuel sandeep sandra
sandro sangeeta sanjay santiago sara sarah sasha saskia scott sean sebastian selina serena sergei sergio seth shamima shane shannon sharon shaun shauna shawn sheila shelley sheryl
shirley shona sian sibylle sidney siegfried sigrid silvia simon simone sinead siobhan sofia solomon sonia sonja sonya sophia sophie spencer stacey stacy stan stanislaw stanley stefan
stefanie stella steph stephanie stephen steve steven stewart stuart sue suki sunil sunita suresh surinder susan susanna susanne susie suzanne sven sveta svetlana swati sylvia tabitha taiwo
takeshi tamara tamika tamsin tania tanya tara tariq tasha tatiana taylor ted tendai teresa terence terry tess tessa thabo thandi thelma theo theodore theresa thierry thomas tiago
tiffany tim timothy tina tobias toby todd tom tomas tomasz tommy toni tony tracey tracy travis trevor tricia trisha troy tyler tyrone ulrich ulrike uma umar una ursula usha ute uwe
val valentina valeria valerie vanessa vera vernon veronica veronika vicente vicki vicky victor vijay vikram vincent vinod viola violet vivian vivien vivienne vladimir wahid walter wanda wanjiru warren
wayne wendy werner wesley wilfred wilhelm william willie willow winifred winston wolfgang xavier xiao yan yasmin yetunde yolanda yosef yoshi youssef yuki yulia yuri yusuf yvette yvonne
zach zachary zahra zainab zara zbigniew zeynep zoe zofia zsofia zuzanna tunde segun adaeze amaka nkechi uche emeka kemi bola sanjeev manoj anand aarav rahul rohit vivek nitin pooja kavita rekha sushma
mateja jovana milos goran dragan zoran hyun jisoo minji soo-jin wei ling mei-ling hui fang linh thuy duc hoang ayumi naoko sakura kenji takashi hamza bilal zain yousef layla noor huda rania mehdi reza
shirin parisa dariush ewelina kinga iwona dorota beata grazyna halina renuka shanti thi oksana olena tetiana vasyl mykola petr jiri vaclav jana lenka marek tereza ondrej ingeborg solveig bjorn
torsten gunnar lasse mikko aino eero juhani marit sigurd roisin caoimhe aoife saoirse padraig eoin cillian declan oisin ciara grainne orla maeve angus hamish fergus callan ailsa catriona iain euan
mairead dafydd rhys gethin gwyneth angharad carys nerys emlyn huw ieuan aled geraint sioned anneke lieke sanne femke joost pieter willem jeroen bas daan bram ruud wouter marieke saartje katrien jannes henk gerda ilse ineke tilly milly margit margot ottilie clementine gisela hannelore renate uwe jurgen gunter bernd dietmar detlef heiner ludmila lyudmila galina zoya vadim vasily anatoly boris yegor arkady stanislav miroslav bohdan yaroslav taras andriy katya masha dasha sasha petros yannis giorgos kostas dimitris eleni vasiliki despina stavros spyros carmela concetta rosaria salvatore gennaro massimo fabrizio vincenzo raffaele giuseppe pasquale filippo niccolo ilaria federica elisabetta guadalupe xochitl itzel ximena yesenia graciela consuelo amparo encarna pilar begona mercedes ramiro rigoberto octavio ezequiel thiago joaquim rui nuno goncalo ines beatriz catarina mariana larissa thais jurandir hyacinth winnie gertie mildred agatha beryl enid hettie maud nellie olwen winnifred ethelbert reg cyrus clarence horatio percy wilf alf sid ernie lenny vince gav gaz shaz kev trev daz baz dougie jonny jonno macca lou mags maisy darcey ellie-mae lacey kian jayden kayden riley-mae tegan bethan ffion lowri elin sioned ieuan adaobi chinwe chiamaka ifunanya kelechi obi olamide folasade folashade titilayo yewande bukola kehinde abimbola adebayo ayodele oluwatobi temitope tosin wale femi sade efosa osas ebele nnamdi chukwuemeka ikenna kwaku yaw abenaa akosua esi nana-yaw thandiwe sipho nomsa lindiwe bongani themba zanele lerato tshepo kagiso palesa mpho tatenda tinashe farai rudo chipo wanjiku njeri kamau otieno achieng atieno mwangi nyambura hadiza amadou mariama ousmane ibrahima aminata hafsa hafsah khadijah sumaya sumayyah safiya ruqayya maryam nasreen nasrin shabana rukhsana farzana tahira samina bushra rabia sadia saima nadeem naveed faisal tariq waqas usman zubair junaid shahid javed pervez arshad iqra hira aneesa siddharth siddhartha aditya akash karthik venkat srinivas subramaniam balaji ganesh murali vimal vinay gaurav ankit abhishek shreya sneha divya deepa deepika swathi lavanya padma savita sarita usha geeta gita kiran harjit gurpreet manpreet jaspreet simran balwinder tenzin dorji pemba xiaoming jianhong weiming zhang yifan meihua xiuying hao yuxuan haruto yuto sota hinata yui aoi mei kaito daiki minjun seojun jiwon eunji hyejin soyeon thuy ngoc phuong trang quang tuan somchai siriporn malee nattaya ketut wayan dewi siti nurul rizal azman noraini joaquin benigno jomar maricel rowena analyn marivic arvind leilani keanu kalani moana aroha hemi ngaire wiremu kiri shamus fionnuala sorcha padraic diarmuid colm donal donncha tadhg lukas luka niko matias elias oskar anton emre burak elif ayse fatma hatice mustafa osman kemal selin deniz cem ebru sevgi vusal aygul nargiz gulnara aigerim nurlan bekzat dilnoza otabek shlomo yael tamar noam eitan rivka chaim moshe avi miriam hugo agatha theodora rosamund rosalyn petronella dorothea seraphina isolde guinevere octavia cordelia araminta imogen saffron juniper bryony clover tamsyn jago piran morwenna lowenna demelza eluned
mary-anne mary-ann ana-maria jean-paul jean-luc jean-pierre anne-marie
`
const ALSO_WORDS = `
angel april art august autumn basil bill blossom brook brooke carter chase chad chance charity chip christian clay cliff coral crystal dale dawn destiny dolly don drew dick dusty earl earnest
eve faith fern flora forest frank gale gene ginger glory grace grant guy harmony hazel heath hope iris jack jade jewel joy june kit lane lily lucky major mark max may mercy miles mo myles
nick norm olive opal pat patience pearl penny pierce piper poppy prudence rain ray reed rich robin rob rocky rose ruby rusty sandy sage scarlett serenity sky skye sonny stone storm
summer sunny tad ted tiger trinity van victor violet wade ward will willow woody honey king prince duke dean baker mason hunter cooper fletcher parker taylor tanner holly daisy gay
austin chelsea charlotte chester dallas florence georgia georgie india israel jackson jersey jordan kent lincoln london lourdes madison milan paris preston regan sierra sydney tyne victoria virginia
vienna washington kenya asia savannah carolina houston denver dakota montana alexander bell cobb jackie sharon al ed jo kay bo ty rio mina said ling
`

const listed = (text: string) => text.trim().split(/\s+/)

const ambiguous = new Set(listed(ALSO_WORDS))
const plain = new Set(listed(PLAIN).filter((name) => !ambiguous.has(name)))

const PLAIN_LETTERS = /^[a-z'-]*$/i

const bare = (word: string) =>
  PLAIN_LETTERS.test(word) ? word.toLowerCase() : word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Hardly ever anything but a name. */
export const isPlainName = (word: string) => plain.has(bare(word))
/** Perhaps a word, a place or an eponym as well. */
export const isGivenName = (word: string) => isPlainName(word) || ambiguous.has(bare(word))
