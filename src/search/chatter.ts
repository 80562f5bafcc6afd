import { tokensOf } from './words.ts'

/** Words that hold a sentence together. */
const GRAMMAR = new Set(
  tokensOf(`
  a about above after again against all also although am among an and any anybody anyone anything are aren arent as at
  be because been before being below between both but by can cannot cant could couldnt did didnt do doe doesn doesnt
  doing don dont done down during each either else etc ever every everybody everyone everything few for from further
  get getting go goe going gone got had hadnt ha hasnt have havent having he her here herself hi him himself how however
  i id if ill im in instead into is isnt it itself ive just let lot made make many may maybe me might more most much must
  my myself near neither never no nobody none nor not nothing now of off often on once one only onto or other ought our
  out over own per perhap quite rather really same shall she should shouldnt since so some somebody somehow someone
  something sometime still such than that the their theirs them themselve then there these they thi this those though
  through thu til till to too toward under until up upon us use used using very via wa want wasnt we well went were
  what whatever when where whether which while who whoever whole whom whose why will with within without wont would
  wouldnt yes yet you youd youll your youre youve wi
  ain amid around away behind beside beyond despite except inside like outside past plu round than throughout
  tho u ur thats whats its theyre shes hes were weve theyve isn wasn werent wouldn couldn shouldn hasn hadn haven this his has was does goes its ours yours theirs as us`),
)

/** What people say around what they ask. */
const SMALL_TALK = new Set(
  tokensOf(`
  hello hey dear sir madam doctor doc dr mr mrs greeting good morning afternoon evening day thank thanks thankyou thx
  pleas please pls plz plea kindly regard best sincerely appreciate appreciated grateful welcome sorry
  ask asked asking question query enquiry inquiry answer answered reply respond response advice advise suggest suggestion
  opinion help helpful information info informaton detail specific topic covered general consultation consult article
  read reading article forum community wonder wondering wondered curious
  know knowing known knew understand understood think thinking thought believe feel feeling felt seem seemed guess hope
  hoping wish worried worry worrying worrie concern concerned confused scared afraid desperate frustrated
  tell told say said saying mention mentioned explain give given giving provide find finding found look looking looked
  see seeing saw seen show showed hear heard try tried trying need needed able possible anyway actually basically
  recently currently present today yesterday tomorrow tonight week month year hour minute ago time long lately soon
  already first second last next start started starting begin began stop end ended come came coming keep kept put take
  taken taking took happen happened happening sure maybe probably little bit big small thing stuff kind sort way
  anybody someone people person man woman guy lady friend husband wife mother mom mum father dad son daughter brother
  sister uncle aunt grandmother grandfather grandma grandpa cousin partner girlfriend boyfriend parent family child kid
  old age aged born live living lived work working worked since idea case matter fact reason point experience experienced
  suffer suffering suffered diagnose diagnosed diagnosi patient condition disease problem issue trouble situation
  one two three four five six seven eight nine ten couple several another different certain bad worse great nice real
  subject title clinicaltrial gov medlineplu name location contact date organization re`),
)

/** How much of its rarity a word may keep: somebody's aunt may be the only aunt, and still tells nothing. */
export function substanceOf(token: string): number {
  if (GRAMMAR.has(token)) return 0
  if (SMALL_TALK.has(token)) return 0.4
  if (isAmount(token)) return 0.25
  return 1
}

/** 25, 5mg, 33year, 2013, 10am */
const isAmount = (token: string) =>
  /^\d+(?:mg|mcg|ug|g|kg|ml|l|iu|unit|mm|cm|lb|yr|yo|y|year|day|week|month|hr|am|pm|th|st|nd|rd|x|p)?$/.test(token)
