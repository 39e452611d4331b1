/**
 * What the pages do that mails link to. The token leaves the address bar, and with it the history, before anything else happens; from then
 * on it is in the memory of the page alone.
 */
export const script = `
const token = new URLSearchParams(location.hash.slice(1)).get('token')
history.replaceState(null, '', location.pathname + location.search)
const find = (selector) => document.querySelector(selector)
const form = find('form')
const refused = find('#refused')
find(token ? 'form' : '#missing').hidden = false

find('.other a').addEventListener('click', ({ currentTarget }) => {
  if (token) currentTarget.hash = new URLSearchParams({ token })
})

function refuse(message, problems) {
  find('#refused p').textContent = problems.length > 0 ? '' : message
  find('#refused ul').replaceChildren(
    ...problems.map((problem) => Object.assign(document.createElement('li'), { textContent: problem.message })),
  )
  refused.hidden = false
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const button = find('button')
  button.disabled = true
  refused.hidden = true
  const given = [...new FormData(form)].filter(([, value]) => value !== '')
  try {
    const answer = await fetch(form.dataset.action, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json', 'accept-language': document.documentElement.lang },
      body: JSON.stringify({ token, ...Object.fromEntries(given) }),
    })
    if (answer.ok) {
      form.remove()
      find('#done').hidden = false
      return
    }
    const { error } = await answer.json()
    refuse(error.message, error.details?.errors ?? [])
  } catch {
    refuse(form.dataset.unreachable, [])
  }
  button.disabled = false
})
`
