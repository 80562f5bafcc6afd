// What a device answers travels in a hidden field of an ordinary form; everything else is the server's.
const Passkeys = globalThis.PublicKeyCredential
let waiting

for (const form of document.querySelectorAll('form[data-passkey]'))
  if (Passkeys?.parseRequestOptionsFromJSON && Passkeys.prototype.toJSON) offer(form)

function offer(form) {
  form.hidden = false
  for (const without of document.querySelectorAll('[data-without-passkeys]')) without.hidden = true
  form.addEventListener('submit', async (event) => {
    if (form.elements.passkey.value) return
    event.preventDefault()
    const error = await use(form, form.dataset.passkey === 'new' ? make : choose)
    if (error) explain(form, error)
  })
  // whoever comes back answers a new question
  addEventListener('pageshow', () => {
    form.elements.passkey.value = ''
  })
  if (form.dataset.passkey === 'conditional') void waitForChoice(form)
}

/** The browser names passkeys among what it fills in for the address. */
async function waitForChoice(form) {
  if (await Passkeys.isConditionalMediationAvailable?.()) await use(form, (asked) => choose(asked, 'conditional'))
}

/** Of two that ask at once the later one goes on. Returns what went wrong. */
async function use(form, ask) {
  waiting?.abort()
  waiting = new AbortController()
  const { signal } = waiting
  try {
    const answer = await ask({ publicKey: await optionsOf(form), signal })
    form.elements.passkey.value = JSON.stringify(answer)
    form.requestSubmit()
  } catch (error) {
    return signal.aborted ? undefined : error
  }
}

async function optionsOf(form) {
  const response = await fetch(form.dataset.options, { headers: { accept: 'application/json' } })
  if (!response.ok) throw new Error(`no options: ${response.status}`)
  return response.json()
}

const make = ({ publicKey, signal }) =>
  navigator.credentials.create({ publicKey: Passkeys.parseCreationOptionsFromJSON(publicKey), signal })

const choose = ({ publicKey, signal }, mediation) =>
  navigator.credentials.get({ publicKey: Passkeys.parseRequestOptionsFromJSON(publicKey), signal, mediation })

function explain(form, { name }) {
  const place = form.querySelector('[data-failed]')
  place.textContent =
    name === 'InvalidStateError' ? (place.dataset.known ?? place.dataset.failed) : place.dataset.failed
  place.hidden = false
}
