import { beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from '#/wiring/catalogue.ts'
import { placeOf } from '../../call.ts'
import { type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

const messages = {
  en: 'Program with id 999999 not found.',
  el: 'Δεν βρέθηκε πρόγραμμα σπουδών με αναγνωριστικό 999999.',
}

describe('the language of messages', () => {
  test.each([
    ['el', 'el'],
    ['EL', 'el'],
    ['el-GR', 'el'],
    ['el-CY,en;q=0.5', 'el'],
    ['en', 'en'],
    ['en-GB,el;q=0.9', 'en'],
    ['en;q=0.2, el;q=0.8', 'el'],
    ['en;q=0.8, el;q=0.2', 'en'],
    ['de, fr;q=0.9, el;q=0.1', 'el'],
    ['en;q=0, el;q=0.1', 'el'],
    ['el;q=0', 'en'],
    ['el;q=0.5, en;q=0.5', 'el'],
    ['en;q=0.001, el;q=0', 'en'],
    ['de', 'en'],
    ['*', 'en'],
    ['', 'en'],
    ['el;level=1;q=0.3, en;q=0.2', 'el'],
    [';;;,,q=', 'en'],
  ] as const)('for "%s" is %s', async (header, language) => {
    const answer = await w.registrar.get('/programs/999999', { 'accept-language': header })
    expect([answer.error?.message, answer.headers.get('content-language')]).toEqual([messages[language], language])
    expect(answer.headers.get('vary')).toContain('Accept-Language')
  })

  test('is English for those who say nothing', async () => {
    const answer = await w.registrar.get('/programs/999999')
    expect([answer.error?.message, answer.headers.get('content-language')]).toEqual([messages.en, 'en'])
  })

  test('reaches the single problems of a wrong request', async () => {
    const inGreek = { 'accept-language': 'el' }
    const answer = await w.registrar.post('/programs', { code: 'X', titel: 1 }, inGreek)
    expect(answer.error?.message).toBe(catalogue.VALIDATION_ERROR!.el)
    expect(answer.error?.details.errors).toHaveLength(2)
    for (const { message } of answer.error!.details.errors!) expect(message).toMatch(/\p{Script=Greek}/u)
  })

  test('does not change codes and paths', async () => {
    const body = { code: 5, titel: 1 }
    const [en, el] = [
      await w.registrar.post('/programs', body),
      await w.registrar.post('/programs', body, { 'accept-language': 'el' }),
    ]
    const bare = (answer: typeof en) => answer.error?.details.errors?.map((one) => [placeOf(one), one.code])
    expect(bare(el)).toEqual(bare(en))
  })

  test('reaches unknown addresses and wrong methods', async () => {
    const inGreek = { 'accept-language': 'el' }
    expect((await w.registrar.get('/nothing', inGreek)).error?.message).toBe(catalogue.HTTP_404!.el)
    const wrong = await w.registrar.delete('/programs', inGreek)
    expect(wrong.error?.message).toBe('Αυτή η διεύθυνση δεν δέχεται DELETE. Επιτρέπονται: GET, HEAD, POST.')
  })

  test('has a text for every code, with the same parameters in both', () => {
    const parameters = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted()
    for (const { en, el } of Object.values(catalogue)) {
      expect(el).toMatch(/\p{Script=Greek}/u)
      expect(parameters(el)).toEqual(parameters(en))
    }
  })
})
