// Warns whoever is writing before the question they took is free for others again: `data-claimed-until` is when.
const WARN_MS = 10 * 60_000
const LOOK_MS = 10_000

for (const form of document.querySelectorAll('form[data-claimed-until]')) watch(form)

function watch(form) {
  const box = document.createElement('div')
  box.setAttribute('role', 'alert')
  form.prepend(box)
  let said
  const say = (what, ...content) => {
    if (said === what) return
    said = what
    box.className = content.length > 0 ? 'notice is-caution' : ''
    box.replaceChildren(...content)
  }
  const look = () => {
    const left = Date.parse(form.dataset.claimedUntil) - Date.now()
    if (left > WARN_MS) say('')
    else if (left > 0) say('ends', text(form.dataset.claimEnds), moreButton(form, look))
    else say('over', text(form.dataset.claimOver))
  }
  look()
  setInterval(look, LOOK_MS)
  document.addEventListener('visibilitychange', look)
}

function text(words) {
  const paragraph = document.createElement('p')
  paragraph.textContent = words
  return paragraph
}

function moreButton(form, look) {
  const button = document.createElement('button')
  Object.assign(button, { type: 'button', className: 'button is-quiet', textContent: form.dataset.claimMore })
  button.addEventListener('click', async () => {
    button.disabled = true
    if (await hold(form)) form.querySelector('textarea')?.focus()
    button.disabled = false
    look()
  })
  return button
}

/** The answer says until when it is theirs now, or that it is not any more. */
async function hold(form) {
  const body = new URLSearchParams()
  try {
    const headers = { accept: 'application/json' }
    const response = await fetch(form.dataset.claim, { method: 'POST', body, headers, redirect: 'error' })
    const until = response.headers.get('claimed-until')
    if (until) form.dataset.claimedUntil = until
    else if (response.status === 409) form.dataset.claimedUntil = new Date(0).toISOString()
    return response.ok
  } catch {
    return false
  }
}
