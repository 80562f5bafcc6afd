import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { examined } from '../../src/applications/evidence.ts'
import { jpeg, pdf, png } from './fixtures.ts'

test('a picture comes back as another, without what its camera told', async () => {
  const told = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
    .withExif({ IFD3: { GPSLatitude: '55/1 40/1 0/1', GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer()
  assert.ok((await sharp(told).metadata()).exif)

  const { name, mediaType, content } = await accepted('IMG_1.JPG', told)
  assert.deepEqual([name, mediaType], ['IMG_1.jpg', 'image/jpeg'])
  const { exif, width, height } = await sharp(content).metadata()
  assert.deepEqual([exif, width, height], [undefined, 30, 20])
})

test('a picture that lay on its side stands upright', async () => {
  const lying = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  const { width, height } = await sharp((await accepted('x.jpg', lying)).content).metadata()
  assert.deepEqual([width, height], [20, 30])
})

test('a PDF is taken as it is, whatever it is called', async () => {
  const content = pdf()
  const found = await accepted('licence.png', content)
  assert.deepEqual([found.name, found.mediaType], ['licence.pdf', 'application/pdf'])
  assert.deepEqual(found.content, content)
})

test('what is neither a picture nor a PDF is not taken, whatever it is called', async () => {
  assert.equal(await examined('page.png', Buffer.from('<!doctype html><script>alert(1)</script>')), 'not-taken')
  assert.equal(await examined('x.jpg', Buffer.from('GIF89a<script>alert(1)</script>')), 'not-taken')
  assert.equal(await examined('x.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), 'not-taken')
  assert.equal(await examined('x.pdf', Buffer.concat([Buffer.from('<html>'), pdf()])), 'not-taken')
})

test('an empty file and one that is too large are told from others', async () => {
  assert.equal(await examined('x.pdf', Buffer.alloc(0)), 'empty')
  assert.equal(await examined('x.pdf', Buffer.concat([pdf(), Buffer.alloc(11 * 1024 * 1024)])), 'too-large')
})

test('what is cut off or made up is broken', async () => {
  const whole = await jpeg(600, 400)
  assert.equal(await examined('x.jpg', whole.subarray(0, whole.length / 2)), 'broken')
  assert.equal(await examined('x.jpg', Buffer.from('\xff\xd8\xff and then some words', 'latin1')), 'broken')
  const picture = await png(60, 40)
  assert.equal(await examined('x.png', picture.subarray(0, picture.length - 30)), 'broken')
  assert.equal(await examined('x.pdf', pdf().subarray(0, 200)), 'broken')
  assert.equal(await examined('x.pdf', Buffer.from('%PDF-1.7\nstartxref\n3\n%%EOF')), 'broken')
})

test('a page hidden behind a PDF or in a picture does not get through', async () => {
  const page = Buffer.from('<html><script>alert(1)</script></html>')
  assert.equal(await examined('x.pdf', Buffer.concat([pdf(), page])), 'broken')
  const { content } = await accepted('x.png', Buffer.concat([await png(60, 40), page]))
  assert.equal(content.includes('<script>'), false)
})

test('a small file that holds fifty million pixels is refused', async () => {
  const bomb = await sharp({ create: { width: 10_000, height: 5_000, channels: 3, background: 'white' } })
    .png()
    .toBuffer()
  assert.ok(bomb.length < 1_000_000)
  assert.equal(await examined('bomb.png', bomb), 'too-many-pixels')
})

test('a file keeps its name without folders and what is not seen', async () => {
  const nameOf = async (name: string) => (await accepted(name, pdf())).name
  assert.equal(await nameOf('../../etc/passwd'), 'passwd.pdf')
  assert.equal(await nameOf('C:\\Users\\me\\licence.old.exe'), 'licence.old.pdf')
  assert.equal(await nameOf('a\u202Efdp.exe\r\nSet-Cookie: x'), 'afdp.pdf')
  assert.equal(await nameOf(''), 'file.pdf')
  assert.equal((await nameOf('x'.repeat(300))).length, 104)
})

async function accepted(name: string, content: Buffer) {
  const found = await examined(name, content)
  if (typeof found === 'string') throw new Error(found)
  return found
}
