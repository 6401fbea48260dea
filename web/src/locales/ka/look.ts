export default {
  language: 'ენა',
  theme: 'თემა',
  light: 'ღია',
  dark: 'მუქი',
  system: 'სისტემის მიხედვით',
};
