// Shows, while a question is being written, what has been answered already: `data-suggestions` is the address that knows,
// `data-suggestions-for` the field behind which it is shown.
const PAUSE_MS = 600
const ENOUGH = 10

for (const form of document.querySelectorAll('form[data-suggestions]'))
  for (const region of form.querySelectorAll('[data-suggestions-for]')) watch(form, region)

function watch(form, region) {
  const field = form.elements[region.dataset.suggestionsFor]
  const shown = { text: field.value.trim(), request: undefined }
  let timer
  const look = async () => {
    clearTimeout(timer)
    const text = field.value.trim()
    if (text === shown.text) return
    shown.text = text
    shown.request?.abort()
    shown.request = new AbortController()
    await show(form, region, shown.request.signal)
  }

  field.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(look, PAUSE_MS)
  })
  field.addEventListener('change', look)
}

async function show(form, region, signal) {
  const html = await suggestionsFor(form, region, signal)
  if (html === undefined) return
  const found = document.createElement('div')
  found.innerHTML = html
  for (const item of found.querySelectorAll('li')) if (isElsewhere(form, region, item)) item.remove()
  region.replaceChildren(...(found.querySelector('li') ? found.children : []))
  if (region.firstElementChild) form.elements.considered.value = 'yes'
}

/** Nothing where too little is written; undefined where the answer comes too late or not at all. */
async function suggestionsFor(form, region, signal) {
  const { title, body } = form.elements
  const { audience } = form.elements
  if (audience && audience.value !== 'everybody') return ''
  const isTitle = region.dataset.suggestionsFor === 'title'
  if ((isTitle ? title : body).value.trim().length < ENOUGH) return ''
  const text = new URLSearchParams({ title: title.value, body: isTitle ? '' : body.value })
  try {
    const response = await fetch(form.dataset.suggestions, { method: 'POST', body: text, signal })
    return response.ok ? await response.text() : undefined
  } catch {
    return undefined
  }
}

/** Shown behind the other field already. */
function isElsewhere(form, region, { dataset }) {
  const others = [...form.querySelectorAll(`[data-question="${dataset.question}"]`)]
  return others.some((item) => !region.contains(item))
}
