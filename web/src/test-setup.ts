import { configure } from '@testing-library/react';

// A busy machine is slow, not wrong: what is awaited may take long, and what never comes fails all the same.
configure({ asyncUtilTimeout: 10_000 });
