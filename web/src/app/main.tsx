import '../tokens.css';
import '../ui/bar.css';
import '../ui/page.css';
import './start-page.css';
import { mount } from '../ui/mount';
import { StartPage } from './start-page';

mount(<StartPage />);
