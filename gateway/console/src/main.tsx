import '@mantine/core/styles.css';
import './app/console.css';
import { createRoot } from 'react-dom/client';
import { Console } from './app/console.js';
import { firstLanguage } from './i18n/language.js';
import { load } from './i18n/setup.js';

const place = document.getElementById('console');
if (place === null) throw new Error('The page has no place for the console.');
await load(firstLanguage());
createRoot(place).render(<Console />);
