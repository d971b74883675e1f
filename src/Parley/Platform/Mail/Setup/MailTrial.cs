using System.ComponentModel;
using Parley.Platform.Mail.Imap;
using Parley.Platform.Mail.Reading;

namespace Parley.Platform.Mail.Setup;

/// <summary>What a mailbox is tried with.</summary>
/// <param name="Address">Whose mailbox it is: it writes to itself.</param>
public sealed record MailboxSetup(string Address, MailServer Receive, MailServer Send, IReadOnlyList<string> Folders);

/// <summary>What is to be done about what failed.</summary>
public enum MailAdvice
{
    [Description("Nothing: it works.")] None,
    [Description("Look at the server's name.")] Host,
    [Description("Look at the port: another program answers there, or none.")] Port,
    [Description("Choose encryption from the first byte (993 to receive, 465 to send).")] Tls,
    [Description("Choose encryption after the greeting (143 to receive, 587 to send).")] StartTls,
    [Description("The server shows a certificate that nobody vouches for: name it in the settings, or have it mended.")] Certificate,
    [Description("Look at the name and the password.")] Password,
    [Description("Make a password for programs at the provider, and use that one.")] AppPassword,
    [Description("Sign in by the provider's page: it takes no passwords.")] Token,
    [Description("Choose another folder: there is none of this name.")] Folder,
    [Description("Try again later.")] Later,
    [Description("The server does not let this address send: look at the sender.")] Sender,
    [Description("Sent, and it did not come back: look whether this mailbox is the one of the address, and at its rules.")] Loop,
}

/// <summary>A step of the trial: <c>receive</c>, <c>folder</c>, <c>send</c> or <c>loop</c>, and how it went.</summary>
/// <param name="Code">Stays as it is: <c>mail.receive.password</c>; null: it works.</param>
/// <param name="Said">In the words of the server.</param>
public sealed record MailFinding(string Step, string? Code, MailAdvice Advice, string? Said, string? Folder = null);

/// <summary>Tries a mailbox whole: is it let in, are the folders there, is a mail taken, and does it come back. What cannot be tried because of what failed before is not told.</summary>
public sealed class MailTrial(TimeProvider time)
{
    /// <summary>How long a mail to oneself may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<MailFinding>> Try(MailboxSetup setup, CancellationToken cancel = default, TimeSpan? patience = null)
    {
        var found = new List<MailFinding>();
        var (session, marks) = await Receive(setup, found, cancel);
        await using var _ = session;
        var id = Guid.CreateVersion7(time.GetUtcNow());
        if (await Send(setup, id, found, cancel) && session is not null && found.TrueForAll(finding => finding.Code is null))
        {
            found.Add(await Back(session, marks, $"{id:N}@{setup.Address[(setup.Address.LastIndexOf('@') + 1)..]}", patience ?? Patience, cancel)
                ? new("loop", null, MailAdvice.None, null)
                : new("loop", "mail.loop.missing", MailAdvice.Loop, null));
        }

        return found;
    }

    private async Task<(ImapSession? Session, Dictionary<string, uint> Marks)> Receive(MailboxSetup setup, List<MailFinding> found, CancellationToken cancel)
    {
        var marks = new Dictionary<string, uint>();
        ImapSession session;
        try
        {
            session = await ImapSession.Open(setup.Receive, time, cancel);
            found.Add(new("receive", null, MailAdvice.None, null));
        }
        catch (MailServerFailed failed)
        {
            found.Add(Finding("receive", failed.Fault, setup.Receive, failed.Message));
            return (null, marks);
        }

        foreach (var folder in setup.Folders)
        {
            try
            {
                var box = await session.Examine(folder, cancel);
                marks[folder] = box.Next is > 0 and var next ? next - 1 : (await session.After(0, cancel)).LastOrDefault();
                found.Add(new("folder", null, MailAdvice.None, null, folder));
            }
            catch (MailServerFailed failed)
            {
                found.Add(Finding("folder", failed.Fault, setup.Receive, failed.Message) with { Folder = folder });
                if (failed.Fault != MailFault.Folder)
                {
                    await session.DisposeAsync();
                    return (null, marks);
                }
            }
        }

        return (session, marks);
    }

    private async Task<bool> Send(MailboxSetup setup, Guid id, List<MailFinding> found, CancellationToken cancel)
    {
        try
        {
            await new Smtp(setup.Send, setup.Address, time).Send(new Letter(setup.Address, "Parley", "This mail tries whether the mailbox sends and receives. It may be deleted.\n"), id, cancel);
            found.Add(new("send", null, MailAdvice.None, null));
            return true;
        }
        catch (MailFailed failed)
        {
            found.Add(failed.Fault is { } fault ? Finding("send", fault, setup.Send, failed.Message) : failed.Kind switch
            {
                MailRefusal.Throttled or MailRefusal.Unreachable => new("send", "mail.send.busy", MailAdvice.Later, failed.Message),
                MailRefusal.Unknown => new("send", "mail.send.unknown", MailAdvice.Later, failed.Message),
                _ => new("send", "mail.send.refused", MailAdvice.Sender, failed.Message),
            });
            return false;
        }
    }

    private async Task<bool> Back(ImapSession session, Dictionary<string, uint> marks, string id, TimeSpan patience, CancellationToken cancel)
    {
        for (var since = time.GetUtcNow(); time.GetUtcNow() - since < patience;)
        {
            foreach (var (folder, mark) in marks.ToList())
            {
                try
                {
                    await session.Examine(folder, cancel);
                    var isBack = false;
                    var uids = await session.After(mark, cancel);
                    await session.Fetch(uids, some => { isBack |= some.Any(mail => MailReader.Read(mail.Raw).MessageId == id); return Task.CompletedTask; }, (_, _) => Task.CompletedTask, cancel);
                    if (isBack)
                    {
                        return true;
                    }

                    marks[folder] = uids.LastOrDefault(mark);
                }
                catch (MailServerFailed)
                {
                    return false;
                }
            }

            await session.Wait(TimeSpan.FromSeconds(1), cancel);
        }

        return false;
    }

    /// <summary>What failed, and what is likely to mend it, by the port and by whose server it is.</summary>
    internal static MailFinding Finding(string step, MailFault fault, MailServer server, string said)
    {
        var (code, advice) = fault switch
        {
            MailFault.Host => ("host", MailAdvice.Host),
            MailFault.Port or MailFault.Silent or MailFault.Broken => ("port", Other(server) ?? MailAdvice.Port),
            MailFault.Encryption => ("tls", Other(server) ?? (server.Security == MailSecurity.None ? MailAdvice.Tls : MailAdvice.Certificate)),
            MailFault.Login => ("password", Entry(server)),
            MailFault.Folder => ("folder", MailAdvice.Folder),
            _ => ("busy", MailAdvice.Later),
        };
        return new(step, step == "folder" ? "mail.folder" + (code == "folder" ? ".missing" : $".{code}") : $"mail.{step}.{code}", advice, said);
    }

    /// <summary>The port is known for the other way of being private; null: it is not.</summary>
    private static MailAdvice? Other(MailServer server) => (MailProviders.Usual(server.Port), server.Security) switch
    {
        (MailSecurity.Tls, not MailSecurity.Tls) => MailAdvice.Tls,
        (MailSecurity.StartTls, MailSecurity.Tls) => MailAdvice.StartTls,
        _ => null,
    };

    private static MailAdvice Entry(MailServer server) => server.Token is not null ? MailAdvice.Token
        : MailProviders.EntryOf(server.Host) switch { MailEntry.AppPassword => MailAdvice.AppPassword, MailEntry.Token => MailAdvice.Token, _ => MailAdvice.Password };
}
