import { beforeAll, expect, test } from 'vitest'
import { type World, world } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await world()
})

test('who may not do something is told who may, of other roles than the own', async () => {
  const teacher = await w.teacher()
  const student = await w.studentPersona()
  const answers = [
    await w.registrar.get('/audit/logs'),
    await teacher.post('/terms/1/close'),
    await student.get('/sections/1/gradebook'),
  ]
  const role = 'Your role does not allow this. Ask'
  expect(answers.map(({ error }) => [error?.code, error?.message])).toEqual([
    ['HTTP_403', `${role} an administrator.`],
    ['HTTP_403', `${role} a registrar or an administrator.`],
    ['HTTP_403', `${role} a registrar, an administrator or a teacher.`],
  ])
  const greek = await student.get('/sections/1/gradebook', { 'accept-language': 'el' })
  expect(greek.error?.message).toBe(
    'Ο ρόλος σας δεν το επιτρέπει. Απευθυνθείτε στη γραμματεία, σε διαχειριστή ή σε διδάσκοντα.',
  )
})
