import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { passkeys } from '../../src/database/schema.ts'
import type { Database } from '../../src/database/types.ts'
import { newKey } from '../fixtures.ts'

type Asked = { challenge: string; rpId: string }
type Lie = { origin?: string; rpId?: string; flags?: number; counter?: number }

const PRESENT_AND_VERIFIED = 0x05
export const PRESENT_ALONE = 0x01

/** A security key in a few lines: what a browser would send, or would never send. */
export function createSecurityKey(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const credentialId = newKey()
  let uses = 0

  return {
    /** As if it had been added on the account's page. */
    register: (database: Database, accountId: number) =>
      database.write((db) =>
        db.insert(passkeys).values({
          accountId,
          name: 'Blue key',
          credentialId,
          publicKey: cose(publicKey.export({ format: 'jwk' })).toString('base64url'),
          counter: 0,
          transports: ['usb'],
        }),
      ),
    answer({ challenge, rpId }: Asked, lie: Lie = {}) {
      uses += 1
      const client = JSON.stringify({ type: 'webauthn.get', challenge, origin: lie.origin ?? origin })
      const counter = Buffer.alloc(4)
      counter.writeUInt32BE(lie.counter ?? uses)
      const flags = Buffer.from([lie.flags ?? PRESENT_AND_VERIFIED])
      const authenticatorData = Buffer.concat([sha256(lie.rpId ?? rpId), flags, counter])
      const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(client)]), privateKey)
      const response = {
        clientDataJSON: Buffer.from(client).toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: signature.toString('base64url'),
      }
      const clientExtensionResults = {}
      return JSON.stringify({
        id: credentialId,
        rawId: credentialId,
        type: 'public-key',
        response,
        clientExtensionResults,
      })
    },
  }
}

const sha256 = (data: string) => createHash('sha256').update(data).digest()

/** A key of the curve P-256 for ES256, as RFC 9053 writes it. */
function cose({ x = '', y = '' }: { x?: string; y?: string }) {
  const [head, beforeX, beforeY] = ['a5010203262001', '215820', '225820'].map((hex) => Buffer.from(hex, 'hex'))
  return Buffer.concat([head!, beforeX!, Buffer.from(x, 'base64url'), beforeY!, Buffer.from(y, 'base64url')])
}
