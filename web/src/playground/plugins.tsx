import { explorerPlugin } from '@graphiql/plugin-explorer';
import type { GraphiQLPlugin } from '@graphiql/react';
import { HISTORY_PLUGIN } from 'graphiql';
import type { I18n } from '../lib/i18n';
import { Icon } from '../ui/icon';
import { Examples } from './examples';
import { SavedQueries } from './saved-queries';

const explorer = explorerPlugin();

/** What GraphiQL's side bar opens besides the documentation, in the words of a language. */
export function pluginsIn(t: I18n['t']): GraphiQLPlugin[] {
  return [
    { title: t('playground.examples'), icon: () => <Icon name="bulb" />, content: Examples },
    { title: t('playground.saved'), icon: () => <Icon name="bookmark" />, content: SavedQueries },
    HISTORY_PLUGIN,
    explorer,
  ];
}
