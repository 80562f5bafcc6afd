export type Kind = 'name' | 'doctor' | 'e-mail' | 'phone' | 'address' | 'postcode' | 'birth-date' | 'number' | 'link'
/** Where something that may tell who somebody is stands in a text. */
export type Range = { kind: Kind; start: number; end: number }
