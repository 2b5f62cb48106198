import { startPage } from './start-page';
import 'virtual:tokens.css';
import '../../shared/styles/page.css';
import '../../shared/styles/parts.css';
import './styles/verdict.css';

const page = document.getElementById('page');
if (page) void startPage(page);
