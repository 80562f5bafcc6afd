// Says how long answers take, and how many experts there are, once a category is chosen: `data-wait` is the address that
// knows, `data-wait-for` the field that chooses.
for (const region of document.querySelectorAll('[data-wait]')) {
  const field = region.closest('form').querySelector(`[name="${region.dataset.waitFor}"]`)
  field.addEventListener('change', () => show(region, field.value))
}

async function show(region, category) {
  region.dataset.category = category
  const html = category ? await waitFor(region.dataset.wait, category) : ''
  if (region.dataset.category === category) region.innerHTML = html
}

async function waitFor(address, category) {
  try {
    const response = await fetch(`${address}?${new URLSearchParams({ category })}`)
    return response.ok ? await response.text() : ''
  } catch {
    return ''
  }
}
