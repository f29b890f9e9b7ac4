import { type Args, hasFlag, operands } from './arguments.ts';

/** Whether a git command throws away history, or work that nothing else has. */
export function gitDestroys(args: Args): boolean {
  const words = operands(args, /^(?:-C|-c|--git-dir|--work-tree|--namespace)$/);
  const text = ` ${args.join(' ')} `;
  // `git -c alias.x='!rm -rf /' x` runs a shell.
  if (/ -c ?\S*=!|core\.(?:sshCommand|pager|editor|hooksPath)=/.test(text)) return true;
  switch (words[0]) {
    case 'push':
      return (
        hasFlag(args, 'fd', '--force', '--force-with-lease', '--mirror', '--delete', '--prune') ||
        words.slice(1).some((it) => /^[+:]/.test(it))
      );
    case 'reset':
      return args.includes('--hard') || args.includes('--merge');
    case 'clean':
      return hasFlag(args, 'fdxX', '--force');
    case 'checkout':
    case 'restore':
    case 'switch':
      return hasFlag(args, 'f', '--force', '--discard-changes') || words.at(-1) === '.';
    case 'branch':
    case 'tag':
      return hasFlag(args, 'Dd', '--delete');
    case 'stash':
      return /^(?:drop|clear)$/.test(words[1] ?? '');
    case 'reflog':
    case 'worktree':
    case 'remote':
    case 'submodule':
      return /^(?:expire|delete|remove|rm|deinit)$/.test(words[1] ?? '');
    case 'gc':
    case 'prune':
      return words[0] === 'prune' || text.includes('--prune');
    case 'update-ref':
      return args.includes('-d');
    case 'rm':
      return hasFlag(args, 'rf');
    default:
      return (
        /^(?:filter-branch|filter-repo|replace|rebase)$/.test(words[0] ?? '') &&
        words[0] !== 'rebase'
      );
  }
}
