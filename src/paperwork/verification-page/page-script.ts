/**
 * What the verification page does: it posts what was typed, or the bytes of a file, and shows the parts of the page that comes back below the
 * form. An error is an envelope; its message is for people.
 */
export const pageScript = `
for (const form of document.querySelectorAll('form[data-to]')) {
  const place = form.nextElementSibling
  const say = (text) => {
    const line = document.createElement('p')
    line.className = 'verdict bad'
    line.textContent = text
    place.replaceChildren(line)
  }
  const send = async (type, body) => {
    place.replaceChildren()
    form.setAttribute('aria-busy', 'true')
    try {
      const answer = await fetch(form.dataset.to, {
        method: 'POST',
        headers: { 'content-type': type, accept: 'text/html', 'accept-language': document.documentElement.lang },
        body,
        credentials: 'omit',
      })
      const text = await answer.text()
      if (!answer.ok) return say(JSON.parse(text).error.message)
      const page = new DOMParser().parseFromString(text, 'text/html')
      place.replaceChildren(...page.querySelectorAll('[data-part]'))
    } catch {
      say(form.dataset.failed)
    } finally {
      form.removeAttribute('aria-busy')
    }
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const given = [...new FormData(form)].filter(([, value]) => value !== '')
    if (given.length !== 1) return say(form.dataset.one)
    send('application/json', JSON.stringify(Object.fromEntries(given)))
  })
  if (form.dataset.takes !== 'file') continue
  const check = (file) => file && send('application/pdf', file)
  form.addEventListener('change', (event) => check(event.target.files[0]))
  form.addEventListener('dragover', (event) => event.preventDefault())
  form.addEventListener('drop', (event) => {
    event.preventDefault()
    check(event.dataTransfer.files[0])
  })
}
`
