using System.CommandLine;
using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using Parley.Platform.Hosting;
using Parley.Platform.Keys;
using Parley.Platform.Mail;
using Parley.Platform.Settings;
using Parley.Platform.Store;

namespace Parley.Server.Commands;

/// <summary>How something is: as it should be, worth knowing, or to be mended.</summary>
internal enum Verdict { Good, Note, Bad }

/// <summary><c>parley doctor</c>: looks at everything a server needs, changes nothing, and says how to mend what is wrong.</summary>
internal static class DoctorCommand
{
    public static Command Make()
    {
        var command = new Command("doctor", "Looks whether everything is set up: folder, store, keys, addresses, clock, pages, and what a proxy in front does. Changes nothing.");
        var options = new Options().AddTo(command, listens: true);
        command.SetAction(parsed => Exits.Run(async () =>
        {
            var (settings, folder) = options.Read(parsed);
            var findings = new List<(Verdict Verdict, string Text)>();
            var serving = await LocalSocket.Ask(folder, new LocalRequest("ping", [])) is not null;
            findings.Add(serving ? (Verdict.Good, $"server: one is serving {folder}") : (Verdict.Note, $"server: none is serving {folder}"));
            findings.AddRange(ParleyHost.Flaws(settings).Select(flaw => (Verdict.Bad, $"settings: {flaw}")));
            findings.Add(Folder(folder));
            findings.AddRange(await Store(settings, folder));
            findings.AddRange(CertificateFindings.Look(settings.Section<ServerSettings>(), TimeProvider.System.GetUtcNow()));
            findings.AddRange(serving ? [] : Addresses(settings.Section<ServerSettings>().Urls));
            findings.AddRange(serving ? await Reaching.Look(settings.Section<ServerSettings>(), folder) : []);
            findings.Add(await Mail(settings.Section<MailSettings>()));
            findings.Add(Clock(TimeProvider.System.GetUtcNow()));
            findings.Add(File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "console", "index.html"))
                ? (Verdict.Good, "pages: the console and the widget are there")
                : (Verdict.Bad, "pages: there is no wwwroot beside the program. Build it with 'make build'."));
            foreach (var (verdict, text) in findings)
            {
                Console.WriteLine($"{(verdict switch { Verdict.Good => "ok  ", Verdict.Note => "note", _ => "BAD " })}  {text}");
            }

            return findings.Any(finding => finding.Verdict == Verdict.Bad) ? Exits.Failed : Exits.Done;
        }));
        return command;
    }

    private static (Verdict, string) Folder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return File.Exists(folder)
                ? (Verdict.Bad, $"folder: {folder} is a file. Choose a folder with --data.")
                : (Verdict.Note, $"folder: {folder} does not exist yet; the first start makes it");
        }

        if (FileSystems.NetworkKind(folder) is { } kind)
        {
            return (Verdict.Bad, $"folder: {folder} is on a network file system ({kind}). Choose one on a disk of this machine with --data.");
        }

        if (!MayWrite(folder))
        {
            return (Verdict.Bad, $"folder: {folder} cannot be written by {Environment.UserName}. Give it to the user who runs Parley (chown), mode 700.");
        }

        var free = new DriveInfo(folder).AvailableFreeSpace >> 20;
        return free < 500 ? (Verdict.Bad, $"folder: only {free} MB are free under {folder}. Make room.") : (Verdict.Good, $"folder: {folder}, {free} MB free");
    }

    /// <summary>Tried, and nothing left behind: modes alone do not say it (a file system that is mounted to be read only, a full one).</summary>
    private static bool MayWrite(string folder)
    {
        try
        {
            using var trial = new FileStream(Path.Combine(folder, $".doctor-{Environment.ProcessId}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    private static async Task<List<(Verdict, string)>> Store(SettingsReader settings, string folder)
    {
        var findings = new List<(Verdict, string)>();
        try
        {
            var dialect = settings.Section<StoreSettings>().Open(folder);
            if (dialect is SqliteDialect sqlite && !File.Exists(sqlite.Path))
            {
                return [(Verdict.Note, "store: there is none yet; the first start makes it")];
            }

            await using var database = new Database(dialect);
            if (dialect is PostgresDialect postgres)
            {
                await PostgresChecks.Run(postgres);
                findings.AddRange(await ClusterFindings.Look(database, postgres.MostConnections, TimeProvider.System));
            }

            var pending = await new Migrations(database, Product.Migrations, TimeProvider.System).Pending();
            findings.Add(pending.Count == 0
                ? (Verdict.Good, $"store: {dialect.Name}, of this version")
                : (dialect.OneWriter ? Verdict.Note : Verdict.Bad, $"store: {dialect.Name}, {pending.Count} steps behind. {(dialect.OneWriter ? "The next start brings it forward." : "Run 'parley migrate'.")}"));
            findings.AddRange(await Keys(settings, database, pending.Count));
        }
        catch (Exception error) when (error is StoreRefused or DbException)
        {
            findings.Add((Verdict.Bad, $"store: {error.Message.ReplaceLineEndings(" ")}"));
        }

        return findings;
    }

    private static async Task<List<(Verdict, string)>> Keys(SettingsReader settings, Database database, int pending)
    {
        if (pending > 0)
        {
            return [];
        }

        var master = settings.Section<KeySettings>();
        if (await database.Read(session => session.One<long>("select count(*) from keyring")) > 0)
        {
            await new KeyRing(database, TimeProvider.System, master).Load();
        }

        return [(master.Master is null ? Verdict.Note : Verdict.Good, master.Master is null ? "keys: in the store, not wrapped (keys.master is not set)" : "keys: wrapped by the master key")];
    }

    private static IEnumerable<(Verdict, string)> Addresses(string urls)
    {
        foreach (var url in Listening.Each(urls))
        {
            if (!Uri.TryCreate(url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri))
            {
                // What is wrong with it was said among the settings.
                continue;
            }

            var address = IPAddress.TryParse(uri.Host, out var known) ? known : IPAddress.Loopback;
            yield return Free(new IPEndPoint(address, uri.Port))
                ? (Verdict.Good, $"address: {url} is free")
                : (Verdict.Bad, $"address: {url} is taken by another program. End it, or choose another with --urls.");
        }
    }

    private static bool Free(IPEndPoint end)
    {
        using var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(end);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Greets the mail server and signs in, as sending does; no mail is sent.</summary>
    private static async Task<(Verdict, string)> Mail(MailSettings mail)
    {
        if ((mail.Flaw ?? (mail.Set ? null : "")) is { } flaw)
        {
            return flaw.Length > 0 ? (Verdict.Bad, $"mail: {flaw}") : (Verdict.Note, "mail: none is sent (mail.host is not set); invitations and new passwords go by links that are copied");
        }

        try
        {
            await new Smtp(mail, TimeProvider.System).Check();
            return mail.Answerable
                ? (Verdict.Good, $"mail: {mail.Host}:{mail.Port} takes mails from {mail.From}")
                : (Verdict.Note, $"mail: {mail.Host}:{mail.Port} takes mails from {mail.From}; before its @ stand more than {MailSettings.LongestMailbox} characters, so answers do not say which conversation they belong to: set mail.replyTo");
        }
        catch (MailFailed failed)
        {
            return (Verdict.Bad, $"mail: {failed.Message}");
        }
    }

    /// <summary>No peer to ask: what is surely wrong is said (a clock that was never set), the rest is shown.</summary>
    private static (Verdict, string) Clock(DateTimeOffset now)
    {
        if (Environment.GetEnvironmentVariable(TurnedClock.Variable) is not null)
        {
            return (Verdict.Bad, $"clock: {TurnedClock.Variable} is set, which turns the clock of a test. Remove it from the environment.");
        }

        var built = File.GetLastWriteTimeUtc(typeof(DoctorCommand).Assembly.Location);
        return now.UtcDateTime < built.AddDays(-1)
            ? (Verdict.Bad, $"clock: it says {now:u}, which is before this program was built. Set it.")
            : (Verdict.Good, $"clock: {now:u}");
    }
}
