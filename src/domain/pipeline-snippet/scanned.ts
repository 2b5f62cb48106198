import { shellWord } from './quoting';
import { toBaseFolder, toParameters, type Recipe, type SnippetTarget } from './target';

/** Languages that are analysed as they lie there. */
export function toScanned(target: SnippetTarget): Recipe {
  const words = ['sonar-scanner', ...toParameters(target), ...toBaseFolder(target)];
  return { image: 'sonarsource/sonar-scanner-cli:11', script: [words.join(' ')] };
}

/** C, C++ and Objective-C: the analysis needs the compiler and how each file is compiled. */
export function toCFamily(target: SnippetTarget): Recipe {
  const commands =
    '"-Dsonar.cfamily.compile-commands=$BITBUCKET_CLONE_DIR/build/compile_commands.json"';
  const scan = ['npx --yes @sonar/scan@4', ...toParameters(target), ...toBaseFolder(target)];
  return {
    image: 'gcc:14',
    script: [
      'apt-get update && apt-get install --yes cmake npm',
      `cmake -S ${shellWord(target.pathScope ?? '.')} -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON`,
      'cmake --build build',
      [...scan, commands].join(' '),
    ],
    hints: [
      'The build is written for CMake. With another tool, have it write compile_commands.json.',
    ],
  };
}
