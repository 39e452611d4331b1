export { refreshSearchTexts } from './refresh-search-texts.ts'
