using System.Collections.Immutable;
using System.Text.Json;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Channels.Connections;

/// <summary>Sets channels up: an inbox of its own for each, and its settings held against what the channel asks for.</summary>
public sealed class Connecting(Catalog catalog, ConnectionStore store, Desk desk, Rosters rosters, ChannelSettings settings, TimeProvider time)
{
    private readonly OpenNetwork _network = new(settings.AllowLoopback);

    /// <returns>What was refused; or the inbox and the secrets that were made, which nobody is shown again.</returns>
    public async Task<(Refusal? Refused, InboxId Inbox, ImmutableSortedDictionary<string, string> Made)> Add(Origin origin, string kind, string name, BrandId? brand, IReadOnlyDictionary<string, JsonElement> given)
    {
        if (catalog.Find(kind) is not { } channel)
        {
            return (Unknown, default, None);
        }

        var roster = rosters.Now(origin.Workspace);
        var inbox = InboxId.New(time);
        var made = channel.Fields.Where(field => field.Kind == SettingKind.Made).ToImmutableSortedDictionary(field => field.Name, channel.Make);
        var connection = new Connection(origin.Workspace, inbox, kind, With(channel, ImmutableSortedDictionary<string, JsonElement>.Empty, given).SetItems(made.Select(pair => KeyValuePair.Create(pair.Key, JsonSerializer.SerializeToElement(pair.Value)))));
        if (Flaws(channel, connection, given) is { } refusal)
        {
            return (refusal, default, None);
        }

        // Before the inbox: one that says it is of a channel and has none would take what nobody reads.
        await store.Save(connection, SecretsOf(channel));
        var outcome = await desk.Handle(new AddInbox(origin, inbox, Settings(name, channel, brand ?? roster.Brands.Keys.First())) { Channels = [kind] });
        if (outcome.Refusal is { } refused)
        {
            await (refused.MayBeDone ? Task.CompletedTask : store.Drop(inbox));
            return (refused, default, None);
        }

        if (outcome.Repeated)
        {
            // The first answer had the secrets; a repeat names the same inbox and cannot show them again.
            await store.Drop(inbox);
            return (null, outcome.Entries.Select(entry => entry.Body).OfType<InboxListed>().Single().Inbox, None);
        }

        return (null, inbox, made);
    }

    /// <summary>Changes what is given; a secret that is not given stays as it is.</summary>
    public async Task<Refusal?> Change(Connection before, IReadOnlyDictionary<string, JsonElement> given)
    {
        if (catalog.Find(before.Kind) is not { } channel)
        {
            return Unknown;
        }

        return await store.Change<Refusal>(before.Inbox, SecretsOf(channel), now =>
        {
            var after = now with { Values = With(channel, now.Values, given) };
            return (Flaws(channel, after, given) ?? Again(channel, now, after, given)) is { } refusal ? (null, refusal) : (after, null);
        });
    }

    /// <summary>A new secret in place of one that the server makes; null: it makes none of this name.</summary>
    public async Task<string?> Remake(Connection before, string field)
    {
        if (catalog.Find(before.Kind) is not { } channel || channel.Fields.FirstOrDefault(one => one.Name == field && one.Kind == SettingKind.Made) is not { } found)
        {
            return null;
        }

        var secret = channel.Make(found);
        return await store.Change<string>(before.Inbox, SecretsOf(channel), now => (now with { Values = now.Values.SetItem(field, JsonSerializer.SerializeToElement(secret)) }, secret));
    }

    public static readonly Refusal Unknown = new("channel.unknown", "There is no such channel.", 400);

    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary<string, string>.Empty;

    private static HashSet<string> SecretsOf(Channel channel) => [.. channel.Fields.Where(field => field.IsSecret).Select(field => field.Name)];

    /// <summary>Nobody is live on a channel: what is written waits and is answered there, and nothing is mailed besides.</summary>
    private static InboxSettings Settings(string name, Channel channel, BrandId brand) =>
        new(name, channel.Kind, brand, Profile.Messaging, [], [], Wording.None, Consent.Off) { MailAfterSeconds = 0 };

    private static ImmutableSortedDictionary<string, JsonElement> With(Channel channel, ImmutableSortedDictionary<string, JsonElement> values, IReadOnlyDictionary<string, JsonElement> given)
    {
        foreach (var field in channel.Fields.Where(field => field.Kind != SettingKind.Made))
        {
            if (given.TryGetValue(field.Name, out var value))
            {
                var empty = value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));
                values = empty ? values.Remove(field.Name) : values.SetItem(field.Name, value.ValueKind == JsonValueKind.String ? JsonSerializer.SerializeToElement(value.GetString()!.Trim()) : value.Clone());
            }

            if (!values.ContainsKey(field.Name) && field.Default is { } usual)
            {
                values = values.SetItem(field.Name, usual);
            }
        }

        return values;
    }

    /// <summary>A secret goes to whom it was given for: where that is another server now, it has to be given again.</summary>
    internal static Refusal? Again(Channel channel, Connection before, Connection after, IReadOnlyDictionary<string, JsonElement> given)
    {
        var flaws = channel.Elsewhere(before, after).Where(name => before.Values.ContainsKey(name) && after.Values.ContainsKey(name) && !(given.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())))
            .Select(name => new FieldFlaw($"settings.{name}", "required", "It would go to another server now: give it again.")).ToImmutableArray();
        return flaws.IsEmpty ? null : new Refusal("settings.invalid", $"{flaws[0].Field}: {flaws[0].Text}", 400) { Errors = flaws };
    }

    private Refusal? Flaws(Channel channel, Connection connection, IReadOnlyDictionary<string, JsonElement> given)
    {
        var flaws = channel.Fields.Select(field => field.Flaw(connection.Values.TryGetValue(field.Name, out var value) ? value : null, _network)).OfType<FieldFlaw>()
            .Concat(given.Keys.Where(name => !channel.Fields.Any(field => field.Name == name)).Select(name => new FieldFlaw($"settings.{name}", "unknown", "The channel has no such setting.")))
            .ToImmutableArray();
        flaws = flaws.IsEmpty ? [.. channel.Flaws(connection)] : flaws;
        return flaws.IsEmpty ? null : new Refusal("settings.invalid", $"{flaws[0].Field}: {flaws[0].Text}", 400) { Errors = flaws };
    }
}
