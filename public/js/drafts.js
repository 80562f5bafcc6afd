// Keeps what is being written on the server: `data-draft` is the address a form's fields are posted to.
const PAUSE_MS = 1500

for (const form of document.querySelectorAll('form[data-draft]')) keep(form)

function keep(form) {
  const status = document.createElement('p')
  status.className = 'saved'
  status.setAttribute('role', 'status')
  form.append(status)
  let timer
  const save = async () => {
    timer = undefined
    const isSaved = await post(form)
    if (isSaved === undefined) return
    if (timer === undefined) status.textContent = isSaved ? form.dataset.draftSaved : form.dataset.draftLost
  }

  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(save, PAUSE_MS)
  })
  // posted for good: a draft saved now would come back as a ghost
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    timer = undefined
  })
  addEventListener('pagehide', () => timer !== undefined && post(form))
}

/** Undefined: the server keeps nothing before its writer has allowed that. */
async function post(form) {
  const body = new URLSearchParams(new FormData(form))
  try {
    const { ok, headers } = await fetch(form.dataset.draft, {
      method: 'POST',
      body,
      keepalive: true,
      redirect: 'error',
    })
    const until = headers.get('claimed-until')
    if (until) form.dataset.claimedUntil = until
    if (headers.get('draft-kept') === 'no') return undefined
    return ok
  } catch {
    return false
  }
}
