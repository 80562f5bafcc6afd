import { tokensOf } from './words.ts'

export type QuestionType = keyof typeof CUES

/** How people say what they want to know. A star stands for any ending; each phrase is of singular words. */
const CUES = {
  treatment: `treat* | therap* | cure* | curing | remed* | reliev* | relief | heal | healing | manage | managed | management |
    get rid of | what can i do | what should i do | what to do | do about | do for | done for | medicine | medication | drug | surger* | surgical |
    operation | operat* | fix | best way | ease | help with | injection for`,
  cause: `cause* | causing | reason* | why do | why doe | why am | why is | why are | due to | lead to | result of | result in | contribute* |
    come from | where doe | trigger* | risk factor | at risk | susceptib* | succeptible | how did i get`,
  symptoms: `symptom* | sign of | sign and | feel like | look like | how do i know if`,
  outlook: `outlook | prognosi | expectancy | how long will | how long doe | how long do | recover* | survival | surviv* | terminal | fatal |
    get better | get worse | go away | success rate | complication* | chance of | long term | expect | come back | future`,
  exercise: `exercise | exercising | exercised | stretch* | physio* | physical therapy | workout | yoga | swim* | walk* | gym | running | sport*`,
  safety: `safe | safely | safety | side effect* | side efecte | side affect* | adverse | interact* | interaction* | harm | harmful | dangerou* |
    danger | risk of | precaution* | warning* | contraindicat* | ok to | okay to | is it ok | should i take | can i take | reaction* |
    mix | mixing | allerg* | together | concern* about | bad for`,
  tests: `test | testing | diagnosi | diagnos* | detect* | scan* | xray | x ray | mri | ct | biopsy | screen* | exam | examination* | tell if | blood work`,
  prevention: `prevent* | avoid* | protect* | reduce the risk | reduce my risk | lower my risk | vaccin* | immuniz*`,
  inheritance: `inherit* | heredit* | genetic* | gene | run in | passed on | passed down | pass on | family history | carrier* | chromosom* | mutation*`,
  frequency: `how common | how many people | how rare | how frequent | prevalence | statistic* | stat | incidence`,
  usage: `dosage* | dose* | how much | how often | how many mg | should i use | be used | how do i use | how to use | how to take | how should | strength | mg`,
  indication: `prescribed | used for | use for | what is it for | who should get | indication* | indicated`,
  storage: `storage | store | stored | storing | dispos* | expir* | refrigerat* | unrefrigerat* | keep it | shelf`,
  emergency: `overdos* | emergency | too much | too many | poison* | swallowed | ambulance`,
  forgotten: `forget | forgot | missed a dose | missed dose | miss a dose`,
  diet: `diet | dietary | eat | eating | food* | nutrition* | drink* | foods`,
  naming: `brand name* | brand | generic | who make | manufactur* | ingredient* | contain | contains | component*`,
  research: `research* | clinical trial* | study | studie | studied`,
  support: `support group* | support for | where can i find support | organization* for | specialist* | which doctor | what doctor | what kind of doctor`,
  seeing: `see a doctor | need to see | when to call | when should i | contact a`,
  stages: `stage | staging`,
  mechanism: `how doe it work | how do they work | action of | effective* | efficacy`,
  information: `what is | what are | whats | what exactly | information | info | tell me about | learn* | more about | know about | definition | meaning | mean`,
} as const

const cueWord = (word: string) => (word.endsWith('*') ? word : tokensOf(word)[0]!)

type Cue = { type: QuestionType; words: string[] }

const CUES_BY_FIRST_WORD = Map.groupBy(
  Object.entries(CUES).flatMap(([type, phrases]) =>
    phrases
      .split('|')
      .map((phrase): Cue => ({ type: type as QuestionType, words: phrase.trim().split(/\s+/).map(cueWord) })),
  ),
  ({ words }) => words[0]!.slice(0, 2),
)

/**
 * What kinds of thing a text asks.
 * @returns each kind with the places, counted in words, of what gave it away
 */
export function questionTypesOf(tokens: string[]): Map<QuestionType, Set<number>> {
  const found = new Map<QuestionType, Set<number>>()
  for (const [index, token] of tokens.entries())
    for (const { type, words } of CUES_BY_FIRST_WORD.get(token.slice(0, 2)) ?? []) {
      if (!words.every((word, offset) => isLike(tokens[index + offset], word))) continue
      const places = found.get(type) ?? new Set()
      for (const offset of words.keys()) places.add(index + offset)
      found.set(type, places)
    }
  return found.size > 1 ? withoutVague(found) : found
}

/** "What are the symptoms of …" asks for symptoms, not for information. */
function withoutVague(found: Map<QuestionType, Set<number>>) {
  const vague = found.get('information')
  if (!vague) return found
  found.delete('information')
  const [places] = found.values()
  for (const place of vague) places!.add(place)
  return found
}

export const typesOf = (text: string) => [...questionTypesOf(tokensOf(text)).keys()]

const isLike = (token: string | undefined, word: string) =>
  token !== undefined && (word.endsWith('*') ? token.startsWith(word.slice(0, -1)) : token === word)
