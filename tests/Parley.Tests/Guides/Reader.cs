using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.Platform.Settings;
using Parley.Server;
using Parley.Tests.Cast;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Guides;

/// <summary>
/// Somebody who follows a guide at a terminal: with a server of their own that runs by the real clock, a token, an inbox, and <c>parley</c> in the path.
/// </summary>
public sealed class Reader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("guide-").FullName;
    private readonly WebApplication _app;

    private Reader(WebApplication app, string data) => (_app, _data) = (app, data);

    private readonly string _data;

    public Uri Address => new(_app.Urls.First());

    public Dictionary<string, string> Knows { get; } = [];

    public static async Task<Reader> Begin()
    {
        var data = Directory.CreateTempSubdirectory("guide-desk-").FullName;
        var settings = new SettingsReader(ParleyHost.Sections).Set("server.urls", "http://127.0.0.1:0", "test").Set("server.logLevel", "error", "test");
        var reader = new Reader(await ParleyHost.Start(new Launch(settings, data)), data);
        (await reader._app.Services.GetRequiredService<Hiring>().AddAgent("Kim", "kim@lighthouse.test", Lighthouse.Password, Role.Owner, workspaceName: "Lighthouse")).Refusal.ShouldBeNull();
        using var kim = new Person(reader.Address);
        (await kim.Post("/v1/session", new { email = "kim@lighthouse.test", password = Lighthouse.Password })).Expect(System.Net.HttpStatusCode.Created);
        var inbox = (await kim.Post("/v1/inboxes", new { name = "Shop", channel = "web" })).Expect(System.Net.HttpStatusCode.Created);
        var token = (await kim.Post("/v1/tokens", new { name = "guide", scopes = new[] { "read", "write", "admin" } })).Expect(System.Net.HttpStatusCode.Created);
        foreach (var (name, value) in new[] { ("PARLEY", reader.Address.GetLeftPart(UriPartial.Authority)), ("TOKEN", token["token"]), ("INBOX", inbox["id"]), ("IDENTITY_KEY", inbox["identityKey"]) })
        {
            reader.Knows[name] = value;
        }

        reader.Write("bin/parley", $"#!/bin/sh\nexec dotnet '{typeof(ParleyHost).Assembly.Location}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(reader._folder, "bin/parley"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return reader;
    }

    /// <summary>True where this machine has a program of that name.</summary>
    public static bool Has(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    public void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Runs a program in the reader's folder; what it said, both ways.</summary>
    public async Task<(int Exit, string Said)> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        foreach (var (name, value) in Knows)
        {
            start.Environment[name] = value;
        }

        start.Environment["PATH"] = $"{_folder}/bin:{start.Environment["PATH"]}";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, string.Concat(said));
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_data, recursive: true);
    }
}
