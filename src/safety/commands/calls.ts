import { always, type Call, hasFlag, hasWord, operands, when } from './arguments.ts';
import { CLUSTER_CALLS } from './cluster-calls.ts';
import { DATABASE_CALLS } from './database-calls.ts';
import { gitDestroys } from './git.ts';
import { SCRIPT_CALLS } from './scripts.ts';
import { WINDOWS_CALLS } from './windows-calls.ts';

const GONE = 'What it deletes cannot be brought back.';
/** Places where files come and go anyway: one of these by its full name may be removed. */
const FLEETING =
  /^(?:\/(?:tmp|var\/tmp|dev\/shm|run|var\/run|var\/lock|var\/cache)\/[\w@%+=:,./-]*[\w]|\/var\/log\/[\w./-]+\.(?:gz|[0-9]{1,3}|old|bz2|xz|zst))$/;
const BROAD = /[*?]|^(?:\/|~|\.\.?)\/?$|^\/[^/]*\/?$/;
const SYSTEM_PLACE =
  /^(?:\/|\/(?:etc|usr|bin|sbin|lib\w*|boot|dev|proc|sys|var|home|root|opt|srv)(?:\/[^/]*)?\/?\*?|~\/?|\*|\.\/?|[A-Za-z]:\\?)$/;
const DEVICE = /^(?:of=)?\/dev\/(?!null$|zero$|stdout$|stderr$|tty|fd\/|shm\/)/;

/** curl's and wget's ways to say where to; `/dev/null` is where most health checks go. */
const FETCHES_INTO_SYSTEM =
  /(?: -[A-Za-z]*[oO] ?| --output(?:-document)?[ =])\/(?:dev\/(?!null |stdout |stderr )|etc|boot|usr|s?bin|lib|root|sys|proc|var\/(?:lib|spool))/;

export const CALLS: readonly Call[] = [
  {
    names: /^(?:rm|unlink|srm|trash)$/,
    reason: (args) => {
      if (hasFlag(args, 'rR', '--recursive', '--no-preserve-root')) return GONE;
      const files = operands(args);
      // `find … | xargs rm` says nothing about how much it takes.
      if (files.length === 0) return args.includes('--help') ? undefined : GONE;
      return files.some(
        (file) =>
          BROAD.test(file) ||
          /[$]|\{\}/.test(file) ||
          (/^[/~]/.test(file) && (!FLEETING.test(file) || file.includes('..'))),
      )
        ? GONE
        : undefined;
    },
  },
  always(
    /^(?:shred|wipefs|mkfs(?:\..+)?|mke2fs|mkswap|blkdiscard|nwipe|wipe|scrub|dban|sgdisk|sfdisk|newfs)$/,
    'It erases disks or files for good.',
  ),
  when(
    /^(?:fdisk|parted|gdisk|cfdisk)$/,
    'It changes how a disk is divided.',
    (args) => !hasFlag(args, 'l', '--list') && !args.includes('print'),
  ),
  when(/^dd$/, 'It writes over a disk.', (args) =>
    hasWord(args, /^of=\/(?:dev\/(?!null)|etc|boot|proc|sys)/),
  ),
  when(
    /^(?:hdparm|nvme|badblocks|cryptsetup|xfs_repair|fsck.*|e2fsck|sg_format)$/,
    'It can destroy a file system.',
    (args) =>
      hasWord(
        args,
        /^(?:--security-.*|format|sanitize|-\w*w\w*|luksFormat|luksErase|erase|-L|-\w*y\w*|-c|luksRemoveKey|--format)$/,
      ),
  ),
  when(/^tune2fs$/, 'It can destroy a file system.', (args) =>
    args.some((arg) => /^-/.test(arg) && arg !== '-l'),
  ),
  always(/^(?:lvremove|vgremove|pvremove|lvreduce|vgreduce)$/, 'It removes storage.'),
  when(
    /^(?:zpool|zfs|mdadm|btrfs|gluster|ceph|rbd|rados|drbdadm|lvm|multipath|megacli|storcli|virsh|qm|pct|vim-cmd|esxcli|govc|xe)$/,
    'It removes storage or machines.',
    (args) =>
      hasWord(
        args,
        /^(?:destroy|stop|reset|labelclear|rollback|--zero-superblock|--stop|-S|--fail|delete|purge|rm|remove|undefine|wipe-md|lvremove|down|out|lost|zap|-F|vm\.destroy|pool-destroy|vol-delete|snapshot-delete)$/,
      ),
  ),
  when(/^chmod$/, 'It opens files to everybody, or closes them to all.', (args) => {
    const wide = hasWord(
      args,
      /^(?:[0-7]?(?:777|666|000)|a[+=]rwx?|o[+=]rw.*|\+s|u\+s|ugo[+=]rwx?|[2467][0-7]{3}|-rwx|a-rwx?)$/,
    );
    const places = operands(args).slice(1);
    return (
      (hasFlag(args, 'R', '--recursive') && (wide || places.some((it) => SYSTEM_PLACE.test(it)))) ||
      (wide && places.some((it) => SYSTEM_PLACE.test(it) || /^\/(?:etc|usr|bin|boot)\//.test(it)))
    );
  }),
  when(
    /^(?:chown|chgrp|setfacl|chattr)$/,
    'It changes who owns the system.',
    (args) =>
      hasFlag(args, 'R', '--recursive') &&
      operands(args)
        .slice(1)
        .some((it) => SYSTEM_PLACE.test(it)),
  ),
  when(/^find$/, GONE, (args) => args.includes('-delete') || args.includes('-fprint')),
  when(/^(?:rsync|robocopy)$/, 'It deletes what the source does not have.', (args) =>
    hasWord(args, /^(?:--del(?:ete.*)?|--remove-source-files|\/mir|\/purge|\/move?)$/i),
  ),
  when(
    /^tar$/,
    GONE,
    (args) => args.includes('--remove-files') || args.some((it) => DEVICE.test(it)),
  ),
  when(/^truncate$/, 'It empties files.', (args) => !hasWord(args, /^(?:-s\+|--size=\+)/)),
  when(/^(?:mv|cp|ln|install|tee)$/, 'It writes over something the system needs.', (args) => {
    const last = operands(args).at(-1) ?? '';
    return (
      args.includes('/dev/null') ||
      DEVICE.test(last) ||
      (operands(args)
        .slice(0, -1)
        .some((it) => SYSTEM_PLACE.test(it)) &&
        operands(args).length > 1) ||
      /^\/(?:etc\/(?:passwd|shadow|sudoers|fstab|cron)|boot|proc\/sysrq)/.test(last) ||
      /\.ssh\/authorized_keys$/.test(last)
    );
  }),
  when(
    /^(?:kill|skill|snice)$/,
    'It ends everything at once, or the first process of the machine.',
    (args) => {
      const targets = args
        .filter((arg, at) => at > 0 || !/^-/.test(arg))
        .filter((arg) => arg !== '--' && !/^-(?:s|[A-Z]+)$/.test(arg));
      return (
        targets.some((it) => /^(?:-1|0|1)$/.test(it)) || (args.length === 1 && args[0] === '-1')
      );
    },
  ),
  when(
    /^(?:killall|pkill|taskkill)$/,
    'It ends every process of that name without letting it finish.',
    (args) =>
      hasWord(args, /^(?:-9|-KILL|-SIGKILL|-s9|--signal=(?:9|KILL)|\/f|-u|-U|--uid|\.\*?)$/i) ||
      hasWord(args, /^(?:-s|--signal)$/),
  ),
  when(/^fuser$/, 'It ends every process that uses it.', (args) => hasFlag(args, 'k', '--kill')),
  always(/^xkill$/, 'It ends a program by force.'),
  always(/^kafka-delete-records(?:\.sh)?$/, 'It deletes messages.'),
  when(/^conntrack$/, 'It cuts connections off.', (args) =>
    hasWord(args, /^(?:-F|-D|--flush|--delete)$/),
  ),
  when(/^tc$/, 'It slows or drops traffic.', (args) =>
    hasWord(args, /^(?:add|del|delete|replace|change)$/),
  ),
  always(
    /^(?:killall5|reboot|shutdown|poweroff|halt|telinit|pm-suspend|kexec|stop-computer|restart-computer)$/,
    'It stops the machine.',
  ),
  when(/^init$/, 'It stops the machine.', (args) => hasWord(args, /^[016sS]$/)),
  when(/^(?:systemctl|loginctl)$/, 'It stops the machine.', (args) =>
    hasWord(
      args,
      /^(?:reboot|poweroff|halt|kexec|emergency|rescue|isolate|suspend|hibernate|default|exit|soft-reboot)$/,
    ),
  ),
  when(
    /^(?:iptables|ip6tables|ebtables|arptables|iptables-legacy|iptables-nft)$/,
    'It changes or empties the firewall as a whole.',
    (args) => hasWord(args, /^(?:-F|-X|-Z|--flush|--delete-chain|-P|--policy)$/),
  ),
  when(
    /^(?:nft|ufw|firewall-cmd|pfctl|ipset|netsh|ipvsadm)$/,
    'It changes or empties the firewall as a whole.',
    (args) => hasWord(args, /^(?:flush|disable|reset|destroy|--panic-on|-F|-d|delete|off|-C)$/i),
  ),
  when(
    /^ip$/,
    'It cuts the machine off.',
    (args) =>
      hasWord(args, /^(?:flush|down)$/) ||
      (hasWord(args, /^(?:route|r|link|l|addr|a)$/) && hasWord(args, /^(?:del|delete)$/)),
  ),
  when(
    /^(?:ifconfig|ifdown|nmcli|route)$/,
    'It cuts the machine off.',
    (args) => hasWord(args, /^(?:down|off|flush|disconnect|del)$/) || args.length === 1,
  ),
  always(
    /^(?:userdel|deluser|groupdel|delgroup|pkdel|remove-aduser|remove-adobject|remove-localuser)$/,
    'It removes an account.',
  ),
  when(/^(?:passwd|usermod|chage)$/, 'It locks an account or opens it to all.', (args) =>
    hasWord(args, /^(?:-d|-l|-L|--delete|--lock|-e)$/),
  ),
  when(/^crontab$/, 'It deletes all scheduled jobs.', (args) => hasFlag(args, 'r')),
  when(
    /^(?:history|unset|set|export|shopt|auditctl|fc)$/,
    'It hides what was done.',
    (args) =>
      hasWord(args, /^(?:-c\w?|-d|HISTFILE.*|HISTSIZE.*|-D|-e0)$/) ||
      (args.includes('+o') && args.includes('history')),
  ),
  when(
    /^(?:sysctl|setenforce|swapoff|rmmod|modprobe|insmod|umount|mount)$/,
    'It can stop the machine or lower its guard.',
    (args) =>
      hasWord(args, /^(?:kernel\.panic.*|kernel\.sysrq.*|-a|-l|-f|-r)$/) &&
      !args.includes('--show'),
  ),
  always(/^(?:eval|iex|invoke-expression)$/, 'It runs text that is put together when it runs.'),
  when(/^(?:source|\.)$/, 'It runs text from elsewhere.', (args) =>
    hasWord(args, /^\/dev\/|^https?:/),
  ),
  when(/^(?:nc|ncat|netcat|socat|telnet)$/, 'It hands a shell to the network.', (args) =>
    hasWord(args, /^(?:-\w*[ec]\w*|--exec|--sh-exec|exec:.*|system:.*)$/i),
  ),
  when(
    /^(?:curl|wget|http|https|xh|httpie|invoke-restmethod|invoke-webrequest|irm|iwr)$/,
    'It deletes or stops something over HTTP.',
    (args) => {
      const text = ` ${args.join(' ')} `;
      return (
        /(?: -X ?| --request[ =]| --method[ =]| -method )delete\b| DELETE |_delete_by_query|\/(?:shutdown|quitquitquit|_close|_shutdown|flush|purge|truncate|destroy|abort|kill)(?=[\s?#"'/]|$)|\/delete[_/-]/i.test(
          text,
        ) || FETCHES_INTO_SYSTEM.test(text)
      );
    },
  ),
  when(
    /^(?:apt|apt-get|aptitude|yum|dnf|zypper|pacman|apk|brew|snap|rpm|dpkg|pkg|emerge|choco|winget)$/,
    'It removes programs that others may need.',
    (args) =>
      hasWord(
        args,
        /^(?:remove|purge|autoremove|erase|-e|--erase|-R\w*|del|uninstall|-r|-P|--purge|downgrade|--force-all)$/,
      ),
  ),
  when(/^git$/, 'It throws history or unsaved work away.', gitDestroys),
  when(
    /^(?:python[0-9.]*|perl|ruby|node|php|lua|deno|bun|osascript|groovy)$/,
    'Its script deletes files or runs other programs.',
    (args) =>
      hasWord(
        args,
        /rmtree|unlink|rmdir|rmSync|rm_rf|rm_r\b|\bremove(?:Sync|_tree|dirs)?\s*\(|fs\.rm|deleteSync|os\.system|subprocess|child_process|\bsystem\s*[("']|`|\bexec[a-z]*\s*\(|\beval\s*\(|\bfork\b|popen|b64decode|fromCharCode|File\.delete|FileUtils/,
      ),
  ),
  ...WINDOWS_CALLS,
  ...CLUSTER_CALLS,
  ...DATABASE_CALLS,
  ...SCRIPT_CALLS,
];
