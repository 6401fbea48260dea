import { useMonaco } from '@graphiql/react';
import { useEffect } from 'react';

// The editor draws some of its colours itself and takes them as numbers, not as the tokens of tokens.css.
const light = {
  accent: '#0b6b6a',
  soft: '#dcefee',
  raised: '#ffffff',
  field: '#eef1f1',
  faint: '#5c6867',
  argument: '#6c4fa3',
};
const dark: typeof light = {
  accent: '#5cc7bf',
  soft: '#123534',
  raised: '#1b2323',
  field: '#101616',
  faint: '#94a1a0',
  argument: '#b9a3f0',
};

function theme(base: 'vs' | 'vs-dark', tone: typeof light) {
  return {
    base,
    inherit: true,
    rules: [
      { token: 'argument.identifier.gql', foreground: tone.argument },
      { token: 'comment', foreground: tone.faint },
    ],
    colors: {
      'editor.background': '#00000000',
      'editorLineNumber.foreground': tone.faint,
      'editorLineNumber.dimmedForeground': tone.faint,
      'scrollbar.shadow': '#00000000',
      'textLink.foreground': tone.accent,
      'textLink.activeForeground': tone.accent,
      'editorLink.activeForeground': tone.accent,
      'editorHoverWidget.background': tone.raised,
      'editorWidget.background': tone.raised,
      'editorWidget.resizeBorder': tone.accent,
      'editorSuggestWidget.background': tone.raised,
      'editorSuggestWidget.selectedBackground': tone.soft,
      'editorSuggestWidget.highlightForeground': tone.accent,
      'editorSuggestWidget.focusHighlightForeground': tone.accent,
      'list.hoverBackground': tone.soft,
      'list.highlightForeground': tone.accent,
      'list.focusHighlightForeground': tone.accent,
      'menu.background': tone.raised,
      'menu.selectionBackground': tone.soft,
      'menu.selectionForeground': tone.accent,
      'quickInput.background': tone.raised,
      'quickInputList.focusBackground': tone.soft,
      'quickInputList.focusForeground': tone.accent,
      'input.background': tone.field,
      'toolbar.hoverBackground': tone.soft,
      'inputOption.hoverBackground': tone.soft,
      'pickerGroup.foreground': tone.accent,
      focusBorder: tone.accent,
    },
  };
}

/** Gives GraphiQL's two editor themes the house's colours, once the editor has loaded. It shows nothing. */
export function EditorTheme() {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    monaco?.editor.defineTheme('graphiql-LIGHT', theme('vs', light));
    monaco?.editor.defineTheme('graphiql-DARK', theme('vs-dark', dark));
  }, [monaco]);
  return null;
}
