using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Parley.Platform.Mail;
using Parley.Tests.Cast;

namespace Parley.Tests.Counterparts;

/// <summary>
/// Mailboxes as they are out there: Debian's Dovecot, in a private folder, on free ports, over mailboxes (Maildir) of its own or of a <see cref="Postfix"/>. It ends,
/// and its folder goes, when this process ends, however it ends.
/// </summary>
public sealed class Dovecot : IAsyncDisposable
{
    public const string Password = "a secret of the mailbox";

    private const string Program = "/usr/sbin/dovecot";

    /// <summary>Debian's user nobody, whose the mailboxes are.</summary>
    private const int Nobody = 65_534;

    private const string Keeper = """
        read -r _
        /usr/sbin/dovecot -c "$1/dovecot.conf" stop
        rm -rf "$1"
        """;

    private readonly DirectoryInfo _folder;
    private readonly Process _keeper;
    private readonly string _mails;
    private int _delivered;

    private Dovecot(DirectoryInfo folder, string? mails) => (_folder, _mails, _keeper) = (folder, mails ?? Path.Combine(folder.FullName, "mail"), Launch("sh", "-c", Keeper, "keeper", folder.FullName));

    /// <summary>Why there can be none on this machine; null when there can.</summary>
    public static string? Missing => !File.Exists(Program) || !File.Exists("/usr/lib/dovecot/imap") ? "Dovecot is not installed (make test installs it)"
        : !Environment.IsPrivilegedProcess ? "Dovecot is started by root alone"
        : null;

    /// <summary>Encrypted after the greeting (143 elsewhere).</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>Encrypted from the first byte (993 elsewhere).</summary>
    public int Secure { get; } = Ports.Free();

    public string Certificate => At("certificate.pem");

    /// <param name="mails">The folder with a mailbox for each name; null: its own.</param>
    public static async Task<Dovecot> Start(string? mails = null)
    {
        var it = new Dovecot(Directory.CreateTempSubdirectory("parley-dovecot-"), mails);
        await it.Prepare();
        await it.Raise();
        return it;
    }

    public MailServer For(string user, MailSecurity security = MailSecurity.Tls) => new("localhost", security == MailSecurity.Tls ? Secure : Port, security)
    {
        User = user, Password = Password, Certificate = Certificate, TimeoutSeconds = 20,
    };

    /// <summary>From now on this lets somebody in.</summary>
    public async Task Lock(string password)
    {
        await Fall();
        await File.WriteAllTextAsync(At("users.new"), Users(password));
        File.Move(At("users.new"), At("users"), overwrite: true);
        await Run("chown", "dovecot", At("users"));
        await Raise();
    }

    /// <summary>A mail lies there, as a mail server leaves it.</summary>
    public async Task Deliver(string user, byte[] raw, string? folder = null)
    {
        var box = Path.Combine(_mails, user, folder is null ? "" : $".{folder}");
        if (!Directory.Exists(Path.Combine(box, "new")))
        {
            foreach (var part in new[] { "tmp", "new", "cur" })
            {
                Directory.CreateDirectory(Path.Combine(box, part));
            }

            await Run("chown", "-R", $"{Nobody}:{Nobody}", Path.Combine(_mails, user));
        }

        var name = $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}.M{Interlocked.Increment(ref _delivered):D8}P1.lighthouse";
        await File.WriteAllBytesAsync(Path.Combine(box, "tmp", name), raw);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(box, "tmp", name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        File.Move(Path.Combine(box, "tmp", name), Path.Combine(box, "new", name));
    }

    /// <summary>The numbers of a folder mean other mails from now on, as after a move to another machine.</summary>
    public async Task Renumber(string user)
    {
        await Fall();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(_mails, user), "dovecot*"))
        {
            File.Delete(file);
        }

        await Raise();
    }

    public void Remove(string user, string folder) => Directory.Delete(Path.Combine(_mails, user, $".{folder}"), recursive: true);

    /// <summary>It goes away, and leaves its mailboxes. Who is connected is cut off, as by a machine that falls: by itself the program lets them go on for half a minute.</summary>
    public async Task Fall()
    {
        var master = (await File.ReadAllTextAsync(Path.Combine(At("run"), "master.pid"))).Trim();
        await Run(Program, "-c", At("dovecot.conf"), "stop");
        using (var rest = Launch("sh", "-c", "kill -KILL -- -$1 2>/dev/null", "kill", master))
        {
            await rest.WaitForExitAsync();
        }

        await Until(async () => !await Answers(Port));
    }

    public async Task Raise()
    {
        await Run(Program, "-c", At("dovecot.conf"));
        await Until(() => Answers(Port));
    }

    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }

    private async Task Prepare()
    {
        using (var certificate = Certificates.Of("localhost"))
        using (var key = certificate.GetECDsaPrivateKey()!)
        {
            await File.WriteAllTextAsync(Certificate, certificate.ExportCertificatePem());
            await File.WriteAllTextAsync(At("key.pem"), key.ExportPkcs8PrivateKeyPem());
        }

        Directory.CreateDirectory(_mails);
        await File.WriteAllTextAsync(At("users"), Users(Password));
        await File.WriteAllTextAsync(At("dovecot.conf"), $$"""
            base_dir = {{At("run")}}
            state_dir = {{At("state")}}
            protocols = imap
            listen = 127.0.0.1
            log_path = {{At("dovecot.log")}}
            ssl = yes
            ssl_cert = <{{Certificate}}
            ssl_key = <{{At("key.pem")}}
            auth_mechanisms = plain login
            auth_failure_delay = 0
            default_login_user = dovenull
            default_internal_user = dovecot
            mail_location = maildir:{{_mails}}/%n
            first_valid_uid = 1
            passdb {
              driver = passwd-file
              args = {{At("users")}}
            }
            userdb {
              driver = static
              args = uid={{Nobody}} gid={{Nobody}} home={{_mails}}/%n
            }
            service imap-login {
              inet_listener imap {
                port = {{Port}}
              }
              inet_listener imaps {
                port = {{Secure}}
              }
            }
            service anvil {
              unix_listener anvil-auth-penalty {
                mode = 00
              }
            }

            """);
        // Its own users must come to where their files are.
        await Run("chmod", "755", _folder.FullName);
        await Run("chown", "dovecot", At("users"));
        await Run("chown", $"{Nobody}:{Nobody}", _mails);
    }

    private static string Users(string password) => string.Concat(((string[])["ana", "kim", "support"]).Select(name => $"{name}:{{PLAIN}}{password}::::::\n"));

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Launch(program, arguments);
        process.StandardInput.Close();
        // A server that stays keeps what it inherited, so nobody waits for the end of what it may still say.
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private static Process Launch(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, WorkingDirectory = "/" })!;

    private static async Task<bool> Answers(int port)
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var since = Stopwatch.GetTimestamp(); !await holds();)
        {
            if (Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(30))
            {
                throw new TimeoutException("Dovecot did not come to it.");
            }

            await Task.Delay(50);
        }
    }
}
