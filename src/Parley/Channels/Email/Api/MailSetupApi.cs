using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Channels.Connections;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Setup;
using Parley.Workspaces;
using Parley.Workspaces.Api;

namespace Parley.Channels.Email.Api;

/// <summary>A mailbox is set up by its address: what is known of its servers, and a trial that says which of host, port, encryption, password or folder does not hold.</summary>
internal static class MailSetupApi
{
    /// <summary>For each server: whoever waits for the answer sits before the screen.</summary>
    private const int ServerSeconds = 10;

    /// <summary>For all that is asked of name servers together.</summary>
    private static readonly TimeSpan Asking = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Back = TimeSpan.FromSeconds(25);

    internal sealed record AddressBody(string? Address = null);

    /// <param name="Provider">Who it is with; absent: nobody knows, and the servers are a guess.</param>
    /// <param name="Entry">How one signs in there.</param>
    /// <param name="Settings">For the form, by the names of its fields.</param>
    internal sealed record MailSuggestion(string? Provider, MailEntry Entry, IReadOnlyDictionary<string, JsonElement> Settings);

    /// <param name="Inbox">The channel whose settings these change: its secrets hold where none are given.</param>
    internal sealed record TrialBody(IReadOnlyDictionary<string, JsonElement>? Settings = null, InboxId? Inbox = null);

    /// <param name="Works">Sent, received, and come back.</param>
    internal sealed record MailboxTrial(bool Works, IReadOnlyList<MailFinding> Findings);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1/channels/email").WithTags("Channels").RequirePerson(Role.Admin);
        group.MapPost("/proposal", Propose).WithName("proposeMailbox").Produces<MailSuggestion>();
        group.MapPost("/trial", Try).WithName("tryMailbox").Produces<MailboxTrial>();
    }

    private static async Task<IResult> Propose(AddressBody body, HttpContext http, MailExchanges exchanges)
    {
        var address = body.Address?.Trim() ?? "";
        var guesses = MailProviders.Guesses(address);
        if (guesses.Count == 0)
        {
            return Invalid(new FieldFlaw("address", "invalid", "That is no address.")).Problem();
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        patience.CancelAfter(Asking);
        var found = MailProviders.Known(address) ?? MailProviders.Known(address, await exchanges.Of(address[(address.LastIndexOf('@') + 1)..], patience.Token)) ?? await First(guesses, patience.Token);
        return Results.Ok(new MailSuggestion(found.Provider, found.Entry, Settings(found, address)));
    }

    private static async Task<IResult> Try(TrialBody body, HttpContext http, Catalog catalog, ConnectionStore store, EmailTokens tokens, TimeProvider time)
    {
        if (catalog.Channels.OfType<EmailChannel>().FirstOrDefault() is not { } channel)
        {
            return Refusal.Unknown("channel").Problem();
        }

        var workspace = http.Principal().Workspace;
        var before = body.Inbox is { } inbox ? await store.Find(inbox) : new Connection(workspace, default, channel.Kind, ImmutableSortedDictionary<string, JsonElement>.Empty);
        if (before is null || before.Workspace != workspace || before.Kind != channel.Kind)
        {
            return Refusal.Unknown("channel").Problem();
        }

        var connection = before with { Values = With(before.Values, body.Settings ?? ImmutableDictionary<string, JsonElement>.Empty) };
        if (Read(channel, connection) is not { } it)
        {
            return Invalid(new FieldFlaw("settings", "invalid", "These settings cannot be read.")).Problem();
        }

        if (body.Inbox is not null && Connecting.Again(channel, before, connection, body.Settings ?? ImmutableDictionary<string, JsonElement>.Empty) is { } refused)
        {
            return refused.Problem();
        }

        Task<string> Token(CancellationToken cancel) => tokens.Of(connection, cancel);
        var missing = new[] { ("settings.receiveHost", it.Receives(Token)), ("settings.sendHost", it.Sends(Token)) }.Where(pair => pair.Item2 is null).Select(pair => new FieldFlaw(pair.Item1, "required", "This is needed.")).Concat(channel.Flaws(connection)).ToList();
        if (missing.Count > 0)
        {
            return Invalid([.. missing]).Problem();
        }

        var setup = new MailboxSetup(it.Address, tokens.Held(it.Receives(Token))! with { TimeoutSeconds = ServerSeconds }, tokens.Held(it.Sends(Token))! with { TimeoutSeconds = ServerSeconds }, it.FolderNames);
        var findings = await new MailTrial(time).Try(setup, http.RequestAborted, Back);
        return Results.Ok(new MailboxTrial(findings.All(finding => finding.Code is null), findings));
    }

    /// <summary>The likeliest of names that are anybody's.</summary>
    private static async Task<MailProposal> First(IReadOnlyList<MailProposal> guesses, CancellationToken cancel)
    {
        foreach (var guess in guesses)
        {
            try
            {
                if ((await Dns.GetHostAddressesAsync(guess.Receive.Host, cancel)).Length > 0)
                {
                    return guess;
                }
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                // Nobody is called that, as far as anybody knows.
            }
        }

        return guesses[0];
    }

    private static ImmutableSortedDictionary<string, JsonElement> Settings(MailProposal it, string address)
    {
        var settings = new SortedDictionary<string, object>(StringComparer.Ordinal)
        {
            ["address"] = address,
            ["receiveHost"] = it.Receive.Host,
            ["receivePort"] = it.Receive.Port,
            ["receiveSecurity"] = it.Receive.Security,
            ["sendHost"] = it.Send.Host,
            ["sendPort"] = it.Send.Port,
            ["sendSecurity"] = it.Send.Security,
            ["user"] = it.User == address ? "" : it.User,
        };
        return settings.ToImmutableSortedDictionary(pair => pair.Key, pair => JsonSerializer.SerializeToElement(pair.Value, Json.Options));
    }

    /// <summary>What is given holds; a secret that is not given, or is empty, is the one that is set.</summary>
    private static ImmutableSortedDictionary<string, JsonElement> With(ImmutableSortedDictionary<string, JsonElement> values, IReadOnlyDictionary<string, JsonElement> given)
    {
        foreach (var (name, value) in given)
        {
            var isEmpty = value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));
            values = !isEmpty ? values.SetItem(name, value.Clone()) : EmailChannel.Secrets.Contains(name) ? values : values.Remove(name);
        }

        return values;
    }

    private static EmailSettings? Read(EmailChannel channel, Connection connection)
    {
        try
        {
            return connection.Settings<EmailSettings>() is { Address: not null } it && channel.Fields.Where(field => field.Kind == SettingKind.Choice).All(field => field.Options!.Value.Any(option => connection.Text(field.Name) is null || option.Value == connection.Text(field.Name))) ? it : null;
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private static Refusal Invalid(params ReadOnlySpan<FieldFlaw> flaws) => new("settings.invalid", $"{flaws[0].Field}: {flaws[0].Text}", 400) { Errors = [.. flaws] };
}
