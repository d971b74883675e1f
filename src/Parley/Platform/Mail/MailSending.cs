using System.Data.Common;
using Microsoft.Extensions.Logging;
using Parley.Platform.Hosting;

namespace Parley.Platform.Mail;

/// <summary>Sends what waits in the outbox, one after the other. A company's own server that does not answer is left alone for a while: the mails of all others do not wait for it.</summary>
internal sealed class MailSending : DueRounds
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    /// <summary>Until when companies' own servers are left alone.</summary>
    private readonly Dictionary<string, DateTimeOffset> _silent = [];
    private readonly Outbox _outbox;
    private readonly Dictionary<string, IMailWriter> _writers;
    private readonly Smtp _smtp;
    private readonly MailSettings _settings;
    private readonly TimeProvider _time;

    public MailSending(Outbox outbox, IEnumerable<IMailWriter> writers, Smtp smtp, MailSettings settings, TimeProvider time, ILogger<MailSending> log)
        : base("mails", time, log)
    {
        (_outbox, _writers, _smtp, _settings, _time) = (outbox, writers.ToDictionary(writer => writer.Kind), smtp, settings, time);
        outbox.Listen(Tell);
    }

    protected override Task<DateTimeOffset?> Next() => _outbox.Next();

    protected override async Task Round(CancellationToken stop)
    {
        while (await _outbox.Take() is { } job)
        {
            await Send(job, stop);
        }
    }

    private async Task Send(MailJob job, CancellationToken stop)
    {
        if (!_writers.TryGetValue(job.Kind, out var writer))
        {
            await _outbox.Done(job);
            return;
        }

        (Letter Letter, Guid Workspace) written;
        try
        {
            if (await writer.Write(job) is not { } made)
            {
                await _outbox.Done(job);
                return;
            }

            written = made;
        }
        catch (Exception error) when (error is not (OperationCanceledException or DbException or IOException))
        {
            // Not the store, which will be there again: one that cannot be written is an attempt, and seen by a person in the end.
            Log.LogError(error, "A mail ({Kind}) could not be written", job.Kind);
            await (await _outbox.Failed(job, job.Workspace, "It could not be written.", final: false) ? writer.GivenUp(job) : Task.CompletedTask);
            return;
        }

        if (written.Letter.By is null && !_settings.Set)
        {
            // Without a mail server it waits until there is one.
            await _outbox.Rest(job, Pause);
            return;
        }

        var own = written.Letter.By?.Server.ToString() ?? "";
        if (_silent.TryGetValue(own, out var until) && until > _time.GetUtcNow())
        {
            await _outbox.Rest(job, until - _time.GetUtcNow());
            return;
        }

        _silent.Remove(own);
        try
        {
            await (written.Letter.By is { } by ? new Smtp(by.Server, by.Address, _time) : _smtp).Send(written.Letter, job.Id, stop);
            await _outbox.Done(job);
        }
        catch (MailFailed failed)
        {
            Log.LogWarning("A mail ({Kind}) could not be sent: {Why}", job.Kind, failed.Message);
            if (own.Length > 0 && failed.Fault is (MailFault.Silent or MailFault.Port or MailFault.Host))
            {
                _silent[own] = _time.GetUtcNow() + Quiet;
            }

            if (failed.Address && await writer.Refused(job, failed.Message))
            {
                await _outbox.Done(job);
                return;
            }

            if (await _outbox.Failed(job, written.Workspace, failed.Message, failed.Final))
            {
                await writer.GivenUp(job);
            }
        }
    }
}
