import { createContext } from 'react';
import { createFormats } from '../../shared/format/formats';

/** Numbers and times in the person's own locale and time zone. */
export const FormatsContext = createContext(createFormats('en', undefined));
