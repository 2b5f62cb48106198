import { shellWord } from './quoting';
import { toEnterFolder, toParameters, type Recipe, type SnippetTarget } from './target';

export function toMaven(target: SnippetTarget): Recipe {
  const goal = 'org.sonarsource.scanner.maven:sonar-maven-plugin:5.8.0.7211:sonar';
  return {
    image: 'maven:3.9-eclipse-temurin-21',
    script: [
      ...toEnterFolder(target),
      ['mvn --batch-mode verify', goal, ...toParameters(target)].join(' '),
    ],
  };
}

export function toGradle(target: SnippetTarget): Recipe {
  return {
    image: 'gradle:8-jdk21',
    script: [...toEnterFolder(target), ['gradle build sonar', ...toParameters(target)].join(' ')],
    hints: ['Add the plugin "org.sonarqube" to the plugins of build.gradle.'],
  };
}

/** The .NET scanner wraps the build and has a syntax of its own. */
export function toDotnet(target: SnippetTarget): Recipe {
  const { projectKey, hostUrl, organizationKey } = target;
  const begin = [
    'dotnet-sonarscanner begin',
    shellWord(`/k:${projectKey}`),
    shellWord(`/d:sonar.host.url=${hostUrl}`),
    ...(organizationKey === undefined ? [] : [shellWord(`/o:${organizationKey}`)]),
    '"/d:sonar.token=$SONAR_TOKEN"',
  ];
  return {
    image: 'mcr.microsoft.com/dotnet/sdk:9.0',
    script: [
      'dotnet tool install --global dotnet-sonarscanner',
      'export PATH="$PATH:/root/.dotnet/tools"',
      ...toEnterFolder(target),
      begin.join(' '),
      'dotnet build',
      'dotnet-sonarscanner end "/d:sonar.token=$SONAR_TOKEN"',
    ],
  };
}
