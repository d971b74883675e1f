using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Parley.Platform.Mail;
using Parley.Tests.Cast;

namespace Parley.Tests.Counterparts;

/// <summary>
/// A mail server as it is out there: Debian's Postfix, in a private folder, on free ports, delivering into mailboxes (Maildir) that Python's parser reads. It ends,
/// and its folder goes, when this process ends, however it ends.
/// </summary>
public sealed class Postfix : IAsyncDisposable
{
    public const string User = "parley@example.test";

    public const string Password = "a secret of the mail server";

    /// <summary>Waits for the end of its input, which comes with the end of whoever started it; then ends the server.</summary>
    private const string Keeper = """
        read -r _
        /usr/sbin/postfix -c "$1" stop
        rm -rf "$1"
        """;

    /// <summary>What a mailbox holds, as somebody else's parser reads it.</summary>
    private const string Reader = """
        import email, email.policy, json, pathlib, sys
        found = []
        for path in sorted(pathlib.Path(sys.argv[1]).glob('new/*')):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            parts = {part.get_content_type(): part.get_content() for part in mail.walk() if part.get_content_maintype() == 'text'}
            pictures = [{'type': part.get_content_type(), 'id': part['Content-ID'], 'size': len(part.get_content())} for part in mail.walk() if part.get_content_maintype() == 'image']
            headers = {name.lower(): str(value) for name, value in mail.items() if name != 'Received'}
            found.append({'headers': headers, 'text': parts.get('text/plain'), 'html': parts.get('text/html'), 'pictures': pictures, 'defects': [str(each) for each in mail.defects]})
        print(json.dumps(found))
        """;

    private const string Program = "/usr/sbin/postfix";

    /// <summary>Debian's user nobody, whose the mailboxes are.</summary>
    private const int Nobody = 65_534;

    private readonly DirectoryInfo _folder;
    private readonly Process _keeper;

    private Postfix(DirectoryInfo folder) => (_folder, _keeper) = (folder, Launch("sh", "-c", Keeper, "keeper", folder.FullName));

    /// <summary>Why there can be none on this machine; null when there can.</summary>
    public static string? Missing => !File.Exists(Program) || !File.Exists("/usr/sbin/saslpasswd2") ? "Postfix is not installed (make test installs it)"
        : !Environment.IsPrivilegedProcess ? "Postfix is started by root alone"
        : null;

    /// <summary>Takes mail from anybody for its mailboxes, encrypted if one likes.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>Takes mail from who signs in, encrypted after the greeting (587 elsewhere).</summary>
    public int Submission { get; } = Ports.Free();

    /// <summary>The same, encrypted from the first byte (465 elsewhere).</summary>
    public int Submissions { get; } = Ports.Free();

    /// <summary>The folder with a mailbox for each name, that a server of mailboxes may read too.</summary>
    public string Mails => At("mail");

    /// <summary>The certificate that it shows, as a file.</summary>
    public string Certificate => At("certificate.pem");

    /// <summary>It is set up, and answers.</summary>
    public static async Task<Postfix> Start()
    {
        var it = new Postfix(Directory.CreateTempSubdirectory("parley-postfix-"));
        await it.Prepare();
        await it.Raise();
        return it;
    }

    public MailSettings To(MailSecurity security) => new(
        "localhost",
        security switch { MailSecurity.StartTls => Submission, MailSecurity.Tls => Submissions, _ => Port },
        security,
        security == MailSecurity.None ? null : User,
        security == MailSecurity.None ? null : Password,
        User,
        Certificate: Certificate,
        TimeoutSeconds: 20);

    /// <summary>What it says to a recipient from now on, other than what the mailboxes say: <c>450 4.2.0 come again</c>; null: nothing.</summary>
    public async Task Say(string recipient, string? answer)
    {
        await File.WriteAllTextAsync(At("access"), answer is null ? "" : $"{recipient} {answer}\n");
        await Run(Program, "-c", _folder.FullName, "reload");
    }

    /// <summary>It goes away, and leaves its mailboxes.</summary>
    public async Task Fall()
    {
        await Run(Program, "-c", _folder.FullName, "stop");
        await Until(async () => !await Answers(Port));
    }

    public async Task Raise()
    {
        await Run(Program, "-c", _folder.FullName, "start");
        await Until(() => Answers(Port));
    }

    /// <summary>What was delivered to a mailbox, as soon as there is so much.</summary>
    public async Task<IReadOnlyList<JsonElement>> Mailbox(string name, int count = 1)
    {
        IReadOnlyList<JsonElement> mails = [];
        await Until(async () => (mails = [.. JsonSerializer.Deserialize<JsonElement>(await Run("python3", "-c", Reader, At($"mail/{name}"))).EnumerateArray()]).Count >= count);
        return mails;
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

        foreach (var folder in new[] { "queue", "data", "mail", "log", "sasl" })
        {
            Directory.CreateDirectory(At(folder));
        }

        await File.WriteAllTextAsync(At("main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {At("queue")}
            data_directory = {At("data")}
            maillog_file = {At("log/mail.log")}
            maillog_file_prefixes = {_folder.FullName}
            mail_owner = postfix
            setgid_group = postdrop
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            myhostname = mail.example.test
            mydestination =
            mynetworks = 192.0.2.1/32
            recipient_delimiter = +
            virtual_mailbox_domains = example.test
            virtual_mailbox_base = {At("mail")}
            virtual_mailbox_maps = texthash:{At("boxes")}
            virtual_minimum_uid = 1
            virtual_uid_maps = static:{Nobody}
            virtual_gid_maps = static:{Nobody}
            default_transport = error:nothing leaves this machine
            smtpd_tls_cert_file = {Certificate}
            smtpd_tls_key_file = {At("key.pem")}
            smtpd_tls_security_level = may
            smtpd_sasl_type = cyrus
            smtpd_sasl_path = smtpd
            cyrus_sasl_config_path = {At("sasl")}
            smtpd_tls_auth_only = yes
            smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
            smtpd_recipient_restrictions = check_recipient_access texthash:{At("access")}
            alias_maps =

            """);
        await File.WriteAllTextAsync(At("master.cf"), $"""
            127.0.0.1:{Port} inet n - n - - smtpd
            127.0.0.1:{Submission} inet n - n - - smtpd
              -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject
            127.0.0.1:{Submissions} inet n - n - - smtpd
              -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            proxymap unix - - n - - proxymap
            error unix - - n - - error
            retry unix - - n - - error
            virtual unix - n n - - virtual
            anvil unix - - n - 1 anvil
            postlog unix-dgram n - n - 1 postlogd

            """);
        await File.WriteAllTextAsync(At("boxes"), "ana@example.test ana/\nben@example.test ben/\nnoor@example.test noor/\nsupport@example.test support/\n");
        await File.WriteAllTextAsync(At("access"), "");
        await File.WriteAllTextAsync(At("sasl/smtpd.conf"), $"pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {At("sasl/users")}\n");
        await Run("sh", "-c", """printf %s "$1" | saslpasswd2 -p -c -f "$2" -u example.test parley""", "sh", Password, At("sasl/users"));
        // Its own users must come to where their files are.
        await Run("chmod", "755", _folder.FullName);
        await Run("chown", $"{Nobody}:{Nobody}", At("mail"));
        await Run("chown", "postfix", At("data"), At("sasl/users"));
    }

    private string At(string path) => Path.Combine(_folder.FullName, path);

    private static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Launch(program, arguments);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}{output}");
    }

    private static Process Launch(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;

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
                throw new TimeoutException("Postfix did not come to it.");
            }

            await Task.Delay(50);
        }
    }
}
